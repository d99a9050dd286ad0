import { expect, test } from 'vitest';
import { eventNames, type EventName } from '../../src/event/catalogue.js';
import { unknownPaths } from '../../src/event/paths.js';

const found = (path: string, events: readonly EventName[] = ['customer.status']) =>
  unknownPaths([path.split('.')], events);

test.each([
  'event.id',
  'event',
  'data.customer_status',
  'data.associated_parties',
  'data.associated_parties.3.verification.status',
])('%s is documented', async path => {
  expect(await found(path)).toEqual([]);
});

test('Any path below a free-form value is documented, too.', async () => {
  expect(await found('data.settlement_info.anything.0', ['transit.payment.status'])).toEqual([]);
});

test.each([
  ['customer_status', 'data.customer_status'],
  ['data.event.id', 'event.id'],
  ['verification.status', 'data.associated_parties.0.verification.status'],
  ['data.customer_statsu', 'data.customer_status'],
  ['Data.Email', 'data.email'],
  ['data.customer_status.x', 'data.customer_status'],
  ['data.associated_parties.email', 'data.associated_parties.0.email'],
  ['email', 'data.email'],
  ['data.__proto__', undefined],
  ['meta.shard', undefined],
])('%s isn’t documented, and the suggestion is %s', async (path, meant) => {
  expect(await found(path)).toEqual([{ path, ...(meant !== undefined && { meant }) }]);
});

test('A path that only one of several events has is documented.', async () => {
  expect(await found('data.transaction_ref_id')).toHaveLength(1);
  expect(await found('data.transaction_ref_id', eventNames)).toEqual([]);
});
