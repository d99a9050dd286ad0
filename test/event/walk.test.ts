import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue, eventNames } from '../../src/event/catalogue.js';
import { customerStatuses } from '../../src/event/customer-status/statuses.js';
import { customerTypes } from '../../src/event/event.js';
import { createEventMaker } from '../support/events.js';

const walks = (event: (typeof eventNames)[number], type: (typeof customerTypes)[number] = 'INDIVIDUAL'): string[][] =>
  Array.from({ length: 300 }, (_, seed) => createEventMaker(seed).walk({ event, type }) ?? []);

const onlyIn = (version: 'V1' | 'V2') =>
  customerStatuses.filter(({ api }) => api.length === 1 && api[0] === version).map(({ name }) => name);

describe.each(customerTypes)('the walk of an %s', type => {
  const courses = walks('customer.status', type);

  test('starts in the queue and ends with a decision', () => {
    expect(new Set(courses.map(([first]) => first))).toEqual(new Set(['QUEUED', 'PROCESSING']));
    expect(new Set(courses.map(course => course.at(-1)))).toEqual(new Set(['APPROVED', 'REJECTED']));
  });

  test('never mixes V1 and V2 names', () => {
    const has = (course: string[], names: string[]) => course.some(status => names.includes(status));
    expect(courses.filter(course => has(course, onlyIn('V1')) && has(course, onlyIn('V2')))).toEqual([]);
  });

  test('includes every possible status in some walk', () => {
    const possible = customerStatuses.map(({ name }) => name).filter(name => type === 'BUSINESS' || name !== 'ASSOCIATED_PARTIES_REMAINING'); // prettier-ignore
    expect(new Set(courses.flat())).toEqual(new Set(possible));
  });
});

test('has only documented statuses, none twice in a row, and ends within ten', () => {
  fc.assert(
    fc.property(fc.constantFrom(...eventNames), fc.constantFrom(...customerTypes), fc.nat(), (event, type, seed) => {
      const walk = createEventMaker(seed).walk({ event, type });
      fc.pre(walk !== undefined);
      expect(walk.filter(status => !catalogue[event].status.names.includes(status))).toEqual([]);
      expect(walk.filter((status, index) => status === walk[index + 1])).toEqual([]);
      expect(walk.length).toBeLessThanOrEqual(10);
    }),
    { numRuns: 500 },
  );
});

test('the same seed gives the same walk', () => {
  expect(walks('transaction.status')).toEqual(walks('transaction.status'));
});

test('an event without a status has no walk', () => {
  expect(createEventMaker(1).walk({ event: 'customer.rfi', type: 'INDIVIDUAL' })).toBeUndefined();
});
