import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/event/catalogue.js';
import { customerTypes } from '../../src/event/event.js';
import { summarise } from '../../src/event/summary.js';
import type { Recipe } from '../../src/event/maker.js';
import { generateEvents, inspect } from '../support/events.js';
import type { EventDocument } from './published.js';

const customerStatusNames = catalogue['customer.status'].status.names;

const anySeed = fc.nat(2 ** 32 - 1);
const anyTime = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-01'), noInvalidDate: true });

const anyRecipe: fc.Arbitrary<Recipe> = fc.record({
  event: fc.constant('customer.status' as const),
  statuses: fc.array(fc.constantFrom(...customerStatusNames), { minLength: 1, maxLength: 12 }),
  type: fc.constantFrom(...customerTypes),
  seed: anySeed,
  now: anyTime,
});

const generated = (recipe: Recipe): EventDocument[] =>
  generateEvents(recipe).map(body => JSON.parse(Buffer.from(body).toString()) as EventDocument);

const hexOf = (bodies: readonly Uint8Array[]): string[] => bodies.map(body => Buffer.from(body).toString('hex'));

/** Every value of a key called `name`, at any depth. */
const valuesOf = (name: string, document: EventDocument): unknown[] => {
  const values: unknown[] = [];
  JSON.stringify(document, (key, value: unknown) => {
    if (key === name) values.push(value);
    return value;
  });
  return values;
};

describe.each(customerTypes)('an event of an %s', type => {
  test.each(customerStatusNames)('passes its schema without problems with the status %s', status => {
    fc.assert(
      fc.property(anySeed, anyTime, (seed, now) => {
        const [body] = generateEvents({ event: 'customer.status', statuses: [status], type, seed, now });
        const { isEvent, problems, json } = inspect(body!);
        expect(problems).toEqual([]);
        expect(isEvent).toBe(true);
        expect(summarise(json)).toMatchObject({ type: 'customer.status', status });
      }),
      { numRuns: 25 },
    );
  });
});

test('generates one event per status, in order', () => {
  fc.assert(
    fc.property(anyRecipe, recipe => {
      expect(generated(recipe).map(({ data }) => data['customer_status'])).toEqual(recipe.statuses);
    }),
  );
});

test('the same seed and time give the same bytes', () => {
  fc.assert(
    fc.property(anyRecipe, anyRecipe, (recipe, between) => {
      const bodies = hexOf(generateEvents(recipe));
      generateEvents(between);
      expect(hexOf(generateEvents(recipe))).toEqual(bodies);
    }),
  );
});

test('another seed gives another customer and other events', () => {
  fc.assert(
    fc.property(anyRecipe, anySeed, (recipe, seed) => {
      fc.pre(seed !== recipe.seed);
      const [[one], [other]] = [generated(recipe), generated({ ...recipe, seed })];
      expect(one!.event['id']).not.toBe(other!.event['id']);
      expect(one!.data['customer_id']).not.toBe(other!.data['customer_id']);
    }),
  );
});

test('another time changes only the time', () => {
  fc.assert(
    fc.property(anyRecipe, anyTime, (recipe, now) => {
      const withoutTime = (each: Recipe) =>
        generated(each).map(({ event, data }) => ({ event: { ...event, created_at: '' }, data }));
      expect(withoutTime({ ...recipe, now })).toEqual(withoutTime(recipe));
    }),
  );
});

test('the events of one sequence have different ids and one customer', () => {
  fc.assert(
    fc.property(anyRecipe, recipe => {
      const events = generated(recipe);
      expect(new Set(events.map(({ event }) => event['id'])).size).toBe(recipe.statuses.length);
      const customers = events.flatMap(({ event, data }) => [event['event_reference_id'], data['customer_id']]);
      expect(new Set(customers).size).toBe(1);
      const others = events.map(({ data }) => JSON.stringify({ ...data, customer_status: '' }));
      expect(new Set(others).size).toBe(1);
    }),
  );
});

test('the first event is created at the given time, and each later one a second after the last', () => {
  fc.assert(
    fc.property(anyRecipe, recipe => {
      const times = generated(recipe).map(({ event }) => event['created_at']);
      expect(times.every(time => /\.\d{6}Z$/.test(String(time)))).toBe(true);
      const expected = recipe.statuses.map((_, index) => recipe.now.getTime() + index * 1000);
      expect(times.map(time => Date.parse(String(time)))).toEqual(expected);
    }),
  );
});

test('no real person can be reached', () => {
  fc.assert(
    fc.property(anyRecipe, recipe => {
      const [document] = generated(recipe);
      const emails = valuesOf('email', document!);
      expect(emails).toHaveLength(recipe.type === 'BUSINESS' ? 3 : 1);
      expect(emails.filter(email => !/^[a-z]+(?:\.[a-z]+)*@example\.com$/.test(String(email)))).toEqual([]);
      expect(valuesOf('phone', document!)).toEqual([expect.stringMatching(/^\+1(?:202|312|415|646)55501\d\d$/)]);
    }),
    { numRuns: 500 },
  );
});

test('a given customer id is used in both places', () => {
  fc.assert(
    fc.property(anyRecipe, fc.string({ unit: 'grapheme', minLength: 1 }), (recipe, customerId) => {
      for (const { event, data } of generated({ ...recipe, customerId })) {
        expect([event['event_reference_id'], data['customer_id']]).toEqual([customerId, customerId]);
      }
    }),
  );
});

test('the keys of data are in alphabetical order, as in Fin’s own examples', () => {
  fc.assert(
    fc.property(anyRecipe, recipe => {
      const [document] = generated(recipe);
      expect(Object.keys(document!)).toEqual(['event', 'data']);
      expect(Object.keys(document!.data)).toEqual(Object.keys(document!.data).sort());
    }),
  );
});

test('no status gives no event', () => {
  expect(
    generateEvents({ event: 'customer.status', statuses: [], type: 'INDIVIDUAL', seed: 1, now: new Date(0) }),
  ).toEqual([]);
});
