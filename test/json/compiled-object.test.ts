import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { looseObject, object } from '../../src/json/compiled-object.js';

const shape = { id: z.string(), note: z.optional(z.string()), inner: looseObject({ count: z.number() }) };

const values = [
  { id: 'a', inner: { count: 1, more: true }, other: 2 },
  { id: 'a', note: 'b', inner: { count: 1 } },
  { id: 1, inner: { count: '1' } },
  { inner: null },
  [],
  null,
  'text',
];

test.each([
  ['object', object(shape), z.object({ ...shape, inner: z.looseObject({ count: z.number() }) })],
  ['looseObject', looseObject(shape), z.looseObject({ ...shape, inner: z.looseObject({ count: z.number() }) })],
])('%s gives the same result as zod’s own, before and after it is compiled', (_, ours, theirs) => {
  const results = (schema: z.ZodMiniType) =>
    values.map(value => {
      const { success, data, error } = schema.safeParse(value);
      return { success, data, issues: error?.issues };
    });
  const expected = results(theirs);
  for (let round = 0; round < 100; round += 1) expect(results(ours)).toEqual(expected);
});

test('a shape can be extended', () => {
  const extended = z.extend(looseObject({ id: z.string() }), { type: z.literal('a') });
  expect(extended.safeParse({ id: 'b', type: 'a', more: 1 }).data).toEqual({ id: 'b', type: 'a', more: 1 });
  expect(extended.safeParse({ id: 'b', type: 'c' }).success).toBe(false);
});
