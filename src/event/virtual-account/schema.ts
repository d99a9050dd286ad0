import * as z from 'zod';
import { eventSchema, identifier, openStatus, timestamp } from '../envelope.js';

/** Of V1, which only tells that an account was created. */
export function virtualAccountCreatedSchema() {
  const { textOrNull, bankAccount, account } = parts();
  return eventSchema('virtual_account.created', {
    ...account,
    status: openStatus('virtual_account.created'),
    deposit_instructions: z
      .looseObject({ ...bankAccount, bank_beneficiary_name: textOrNull, bank_beneficiary_address: textOrNull })
      .nullable()
      .optional(),
  });
}

export const virtualAccountCreatedV2Schema = () => eventSchema('virtual_account.created.v2', accountV2());

export const virtualAccountStatusV2Schema = () => eventSchema('virtual_account.status.v2', accountV2());

function accountV2() {
  const { text, textOrNull, bankAccount, account } = parts();
  return {
    ...account,
    status: openStatus('virtual_account.status.v2'),
    developer_fee_fixed: z.number().optional(),
    // Null until the account is active.
    deposit_instructions: z
      .looseObject({
        ...bankAccount,
        account_type: textOrNull,
        bank_country: textOrNull,
        bank_code: z.looseObject({ code: text, type: text }).nullable().optional(),
      })
      .nullable()
      .optional(),
    // Null in all of Fin's examples; what it holds otherwise isn't documented.
    rfi: z.unknown().optional(),
  };
}

/** What all of these events have in common. */
function parts() {
  const text = z.string().optional();
  const textOrNull = z.string().nullable().optional();
  const time = timestamp.optional();
  return {
    ...{ text, textOrNull },
    bankAccount: {
      currency: text,
      payment_rails: z.array(z.string()).optional(),
      bank_name: textOrNull,
      bank_address: textOrNull,
      bank_account_number: textOrNull,
      bank_routing_number: textOrNull,
    },
    account: {
      id: identifier,
      customer_id: identifier,
      destination: z.looseObject({ address: text, currency: text, destination_chain: text }).nullable().optional(),
      developer_fee_percent: z.number().optional(),
      created_at: time,
      updated_at: time,
    },
  };
}
