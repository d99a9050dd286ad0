import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue, eventNames } from '../../src/event/catalogue.js';
import { customerTypes } from '../../src/event/event.js';
import { summarise } from '../../src/event/summary.js';
import { valueAt } from '../../src/json/value-at.js';
import type { Recipe } from '../../src/event/maker.js';
import { createEventMaker, generateEvents, inspect } from '../support/events.js';
import type { EventDocument } from './published.js';

const anySeed = fc.nat(2 ** 32 - 1);
const anyTime = fc.date({ min: new Date('0000-01-01'), max: new Date('9998-12-31'), noInvalidDate: true });
const anyType = fc.constantFrom(...customerTypes);

const anyRecipe = (event: (typeof eventNames)[number]): fc.Arbitrary<Recipe> => {
  const { names } = catalogue[event].status;
  const statuses = names.length === 0 ? fc.constant(['']) : fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 4 }); // prettier-ignore
  return fc.record({ event: fc.constant(event), statuses, type: anyType, seed: anySeed, now: anyTime });
};

const generated = (recipe: Recipe): EventDocument[] =>
  generateEvents(recipe).map(body => JSON.parse(Buffer.from(body).toString()) as EventDocument);

describe.each(eventNames)('%s', event => {
  const { status, reference } = catalogue[event];

  test('has no problems or warnings for any seed, status and time', () => {
    fc.assert(
      fc.property(anyRecipe(event), recipe => {
        for (const [index, body] of generateEvents(recipe).entries()) {
          const { problems, json } = inspect(body);
          const summary = summarise(json);
          expect(problems).toEqual([]);
          expect(summary.type).toBe(event);
          expect(summary.status).toBe(status.names.length === 0 ? undefined : recipe.statuses[index]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('has the same bytes for the same seed and time, and other ids for another seed', () => {
    fc.assert(
      fc.property(anyRecipe(event), anySeed, (recipe, seed) => {
        const bodies = generateEvents(recipe).map(body => Buffer.from(body).toString('hex'));
        const others = generated({ ...recipe, seed });
        expect(generateEvents(recipe).map(body => Buffer.from(body).toString('hex'))).toEqual(bodies);
        fc.pre(seed !== recipe.seed);
        expect(generated(recipe)[0]!.event['id']).not.toBe(others[0]!.event['id']);
      }),
      { numRuns: 50 },
    );
  });

  test('has its own id, and refers to the one subject of its sequence', () => {
    fc.assert(
      fc.property(anyRecipe(event), recipe => {
        const events = generated(recipe);
        expect(new Set(events.map(each => each.event['id'])).size).toBe(events.length);
        const references = events.map(each => [each.event['event_reference_id'], valueAt(each, reference)]);
        expect(new Set(references.flat()).size).toBe(1);
      }),
      { numRuns: 50 },
    );
  });

  test('can’t reach anyone real', () => {
    fc.assert(
      fc.property(anyRecipe(event), recipe => {
        const text = generateEvents(recipe)
          .map(body => Buffer.from(body).toString())
          .join('');
        expect(text.match(/@(?!example\.com")/g)).toBeNull();
        for (const [, routing = ''] of text.matchAll(/"bank_routing_number":"([^"]+)"/g)) {
          expect(routing).toMatch(/^99\d{7}$/);
          const sum = Array.from(routing, (digit, index) => Number(digit) * [3, 7, 1][index % 3]!).reduce(
            (a, b) => a + b,
          );
          expect(sum % 10).toBe(0);
        }
        for (const [, code] of text.matchAll(/"code":"([^"]+)"/g)) expect(code).toMatch(/^[A-Z]{6}\d0$/);
        for (const [, account] of text.matchAll(/"bank_account_number":"([^"]+)"/g))
          expect(account).toMatch(/^0000\d{8}$/);
      }),
      { numRuns: 100 },
    );
  });
});

test.each(eventNames.filter(event => catalogue[event].hasCustomer))('%s uses the given customer', event => {
  const statuses = [catalogue[event].status.names[0] ?? ''];
  const [body] = generated({ event, statuses, seed: 1, now: new Date(0), type: 'INDIVIDUAL', customerId: 'c-1' });
  expect(body?.data['customer_id']).toBe('c-1');
});

test('the amounts of a transaction add up', () => {
  fc.assert(
    fc.property(anyRecipe('transaction.status'), recipe => {
      const amount = (name: string) => Number(generated(recipe)[0]!.data[name]);
      const fee = amount('developer_fee_fixed') + (amount('from_amount') * amount('developer_fee_percentage')) / 100;
      expect(amount('developer_fee')).toBeCloseTo(fee, 7);
      expect(amount('processing_amount')).toBeCloseTo(amount('from_amount') - fee, 7);
      expect(amount('payout_amount') / amount('fx_rate')).toBeCloseTo(amount('processing_amount'), 6);
      expect(amount('processing_amount')).toBeGreaterThan(0);
    }),
    { numRuns: 200 },
  );
});

test('a new account of V2 has no instructions until it is active', () => {
  const recipe = { event: 'virtual_account.status.v2', type: 'INDIVIDUAL', seed: 1, now: new Date(0) } as const;
  const [before, after] = generated({ ...recipe, statuses: ['PROCESSING', 'ACTIVE'] });
  expect(before!.data['deposit_instructions']).toBeNull();
  expect(after!.data['deposit_instructions']).toMatchObject({ currency: 'USD' });
});

test('only a transit payment has no sandbox_mode', () => {
  const without = eventNames.filter(event => {
    const [body] = generated({ event, statuses: ['X'], type: 'INDIVIDUAL', seed: 1, now: new Date(0) });
    return body!.event['sandbox_mode'] === undefined;
  });
  expect(without).toEqual(['transit.payment.status']);
});

test('sequences of one generator have different subjects, each with its own ids', () => {
  const maker = createEventMaker(1);
  const course = { event: 'customer.status', statuses: ['QUEUED'], type: 'INDIVIDUAL', now: new Date(0) } as const;
  const bodies = Array.from({ length: 500 }, () => Buffer.from(maker.events(course)[0]!).toString());
  const ids = bodies.map(text => (JSON.parse(text) as EventDocument).event);
  expect(new Set(ids.flatMap(event => [event['id'], event['event_reference_id']])).size).toBe(1000);
});
