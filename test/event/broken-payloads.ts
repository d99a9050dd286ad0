import { readFileSync } from 'node:fs';

/** A fixture with an invalid value in one place, or without a required one. */
export interface BrokenPayload {
  fixture: string;
  /** Such as `data.customer_id`; '' is the whole body. */
  place: string;
  /** Undefined: nothing. */
  value: unknown;
}

const row = (fixture: string, place: string, value?: unknown): BrokenPayload => ({ fixture, place, value });

const fields = 'data.request_for_information.0.categories.0.fields.0';

export const brokenPayloads: readonly BrokenPayload[] = [
  ...[null, 1, 'event', true, []].map(body => row('approved', '', body)),
  row('approved', 'event'),
  row('approved', 'event', null),
  row('approved', 'event', []),
  row('approved', 'event.id'),
  row('approved', 'event.id', ''),
  row('approved', 'event.id', 7),
  row('approved', 'event.event_reference_id'),
  row('approved', 'event.event_reference_id', null),
  row('approved', 'event.type', 7),
  row('approved', 'event.created_at'),
  row('approved', 'event.created_at', 1768727298),
  row('approved', 'event.created_at', '2026-01-18'),
  row('approved', 'event.created_at', '2026-13-18T09:08:18Z'),
  row('approved', 'event.created_at', '2026-01-18 09:08:18Z'),
  row('approved', 'event.created_at', '2026-01-18T09:08:18'),
  row('approved', 'event.sandbox_mode', 'true'),
  row('approved', 'event.sandbox_mode', null),
  row('approved', 'data'),
  row('approved', 'data', 'x'),
  row('approved', 'data', []),
  row('approved', 'data.customer_id'),
  row('approved', 'data.customer_id', 1),
  row('approved', 'data.customer_status'),
  row('approved', 'data.customer_status', ''),
  row('approved', 'data.customer_status', null),
  row('approved', 'data.type'),
  row('approved', 'data.type', 'ROBOT'),
  row('approved', 'data.type', 'individual'),
  row('approved', 'data.verification_type', 'NONE'),
  row('approved', 'data.email', null),
  row('approved', 'data.phone', 12025550100),
  row('approved', 'data.created_at', 'yesterday'),
  row('business-approved', 'data.associated_parties', {}),
  row('business-approved', 'data.associated_parties.0', null),
  row('business-approved', 'data.associated_parties.1.ownership_percent', '40'),
  row('business-approved', 'data.associated_parties.0.verification', 'REVIEWING'),
  row('customer-rfi', 'data.customer_id'),
  row('customer-rfi', 'data.request_for_information'),
  row('customer-rfi', 'data.request_for_information', null),
  row('customer-rfi', 'data.request_for_information.0.section'),
  row('customer-rfi', 'data.request_for_information.0.categories', {}),
  row('customer-rfi', fields, 'files'),
  row('customer-rfi', `${fields}.field_name`, ''),
  row('customer-rfi', `${fields}.status`),
  row('customer-rfi', `${fields}.reason`, 1),
  row('customer-rfi', `${fields}.side`, null),
  row('beneficiary-active', 'data.beneficiary_id'),
  row('beneficiary-active', 'data.customer_id', {}),
  row('beneficiary-active', 'data.active', 'true'),
  row('beneficiary-processing', 'data.status', 1),
  row('transaction-completed', 'data.id'),
  row('transaction-completed', 'data.status'),
  row('transaction-completed', 'data.from_amount', '6'),
  row('transaction-completed', 'data.fx_rate', null),
  row('transaction-completed', 'data.payout_currency', 840),
  row('transaction-completed', 'data.updated_at', '2026-01-18T25:00:00Z'),
  row('batch-transaction-item-pending', 'data.batch_id'),
  row('batch-transaction-item-pending', 'data.batch_item_id', ''),
  row('batch-transaction-item-pending', 'data.transaction_id', null),
  row('virtual-account-created', 'data.id'),
  row('virtual-account-created', 'data.deposit_instructions', 'none'),
  row('virtual-account-created', 'data.deposit_instructions.payment_rails', 'ACH'),
  row('virtual-account-created', 'data.deposit_instructions.payment_rails.0', 1),
  row('virtual-account-created-v2', 'data.customer_id'),
  row('virtual-account-created-v2', 'data.developer_fee_fixed', '0.1'),
  row('virtual-account-created-v2', 'data.destination.address', 1),
  row('virtual-account-active', 'data.status'),
  row('virtual-account-active', 'data.deposit_instructions.bank_code', 'EXAMUS30'),
  row('virtual-account-active', 'data.deposit_instructions.bank_account_number', 81415437),
  row('transit-pay-init', 'data.payment_id'),
  row('transit-pay-init', 'data.status', 0),
  row('transit-pay-init', 'data.create_time', '1768727298'),
  row('transit-pay-init', 'data.payment_info.amount', 100),
  row('transit-pay-init', 'data.payment_info', []),
];

export const nameOf = ({ fixture, place, value }: BrokenPayload): string =>
  `${fixture} with ${value === undefined ? 'no' : JSON.stringify(value)} ${value === undefined ? '' : 'at '}${place || 'the body'}`;

/** A place, as the path where the problem must be reported. */
export const keysOf = (place: string): (string | number)[] =>
  place
    .split('.')
    .filter(Boolean)
    .map(key => (/^\d+$/.test(key) ? Number(key) : key));

/** A fixture as JSON, parsed again for each caller. */
export const fixtureJson = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/events/${name}.json`, import.meta.url), 'utf8'));

export const jsonOf = ({ fixture, place, value }: BrokenPayload): unknown =>
  replaced(fixtureJson(fixture), keysOf(place), value);

/** The same JSON with another value, or none (`undefined`), in one place. */
export function replaced(json: unknown, keys: readonly (string | number)[], value: unknown): unknown {
  const whole = { body: json };
  const path = ['body', ...keys];
  const last = path.pop() ?? '';
  let parent: Record<string | number, unknown> = whole;
  for (const key of path) parent = parent[key] as Record<string | number, unknown>;
  parent[last] = value;
  return JSON.parse(JSON.stringify(whole.body)) as unknown;
}
