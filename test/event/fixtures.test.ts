import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { UnknownNameError } from '../../src/errors.js';
import { catalogue, type EventName } from '../../src/event/catalogue.js';
import { customerStatuses } from '../../src/event/customer-status/statuses.js';
import { summarise, summariseBody } from '../../src/event/summary.js';
import { findFixtures, readFixture } from '../../src/event/fixtures.js';
import { valueAt } from '../../src/json/value-at.js';
import { inspect } from '../support/events.js';
import { root } from '../support/cli.js';
import type { EventDocument } from './published.js';

const packageRoot = pathToFileURL(`${root}/`);
const kebabCase = (name: string): string => name.toLowerCase().replaceAll('_', '-');

interface Expected {
  name: string;
  event: EventName;
  status: string | undefined;
}

const named = (event: EventName, prefix: string, names = catalogue[event].status.names): Expected[] =>
  names.map(status => ({ name: prefix + kebabCase(status), event, status }));

const one = (event: EventName, name: string, status?: string): Expected => ({ name, event, status });

const all = [
  ...named(
    'customer.status',
    '',
    customerStatuses.map(({ name }) => name),
  ),
  ...named('customer.status', 'business-', ['APPROVED', 'ASSOCIATED_PARTIES_REMAINING', 'QUEUED']),
  one('customer.status', 'trimmed', 'QUEUED'),
  one('customer.rfi', 'customer-rfi'),
  one('beneficiary.status', 'beneficiary-active'),
  ...named('beneficiary.status', 'beneficiary-'),
  ...named('transaction.status', 'transaction-'),
  ...named('batch.transaction.item.status', 'batch-transaction-item-'),
  one('virtual_account.created', 'virtual-account-created', 'ACTIVE'),
  one('virtual_account.created.v2', 'virtual-account-created-v2', 'PROCESSING'),
  ...named('virtual_account.status.v2', 'virtual-account-'),
  ...named('transit.payment.status', 'transit-'),
];

test('there is a fixture for every documented status, for other shapes, and three for a business', async () => {
  expect((await findFixtures({ packageRoot })).map(({ name }) => name)).toEqual(all.map(({ name }) => name).sort());
});

describe.each(all)('$name', ({ name, event: type, status }) => {
  const documentOf = async () =>
    JSON.parse(Buffer.from(await readFixture(name, { packageRoot })).toString()) as EventDocument;

  test('is a valid event without problems', async () => {
    const { problems, json } = inspect(await readFixture(name, { packageRoot }));
    expect(problems).toEqual([]);
    const summary = summarise(json);
    expect({ type: summary.type, status: summary.status }).toEqual({ type, status });
  });

  test('refers to its subject', async () => {
    const { event, ...others } = await documentOf();
    expect(event['event_reference_id']).toBe(valueAt(others, catalogue[type].reference));
  });

  test('has addresses at example.com only', async () => {
    const text = Buffer.from(await readFixture(name, { packageRoot })).toString();
    const domains = [...text.matchAll(/@([\w.-]+)/g)].map(([, domain]) => domain);
    expect(domains.filter(domain => domain !== 'example.com')).toEqual([]);
    expect(domains.length > 0).toBe(type === 'customer.status');
  });

  test('is one line without a final newline', async () => {
    expect(Buffer.from(await readFixture(name, { packageRoot })).toString()).toMatch(/^\{.*\}$/);
  });
});

test.each(all.filter(({ event }) => catalogue[event].hasType))('$name has the type in its name', async ({ name }) => {
  const { data } = JSON.parse(Buffer.from(await readFixture(name, { packageRoot })).toString()) as EventDocument;
  expect(data['type']).toBe(name.startsWith('business-') ? 'BUSINESS' : 'INDIVIDUAL');
});

test('all have different event ids', async () => {
  const bodies = await Promise.all(all.map(({ name }) => readFixture(name, { packageRoot })));
  expect(new Set(bodies.map(body => summariseBody(body).id)).size).toBe(all.length);
});

test('the trimmed fixture has only the keys that Fin always sends', async () => {
  const { data } = JSON.parse(Buffer.from(await readFixture('trimmed', { packageRoot })).toString()) as EventDocument;
  const kept = ['customer_id', 'customer_status', 'email', 'first_name', 'last_name', 'type', 'verification_type'];
  expect(Object.keys(data)).toEqual(kept);
});

test.each(['aproved', 'APPROVED', 'approved.json', '', '.', '../vectors/README', '../../package', 'constructor'])(
  'there is no fixture called "%s", and the error suggests the others',
  async name => {
    const error: unknown = await readFixture(name, { packageRoot }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnknownNameError);
    expect(error).toMatchObject({ given: name, known: all.map(each => each.name).sort() });
  },
);
