import { expect, test } from 'vitest';
import { answers, eventTypes, positions } from '../../src/contract/selection-values.js';

test.each([
  ['2', [[2, 2]]],
  ['2,5,7-9', [[2, 2], [5, 5], [7, 9]]],
  ['1-1', [[1, 1]]],
  [' 3 , 1-2', [[3, 3], [1, 2]]],
])('parses %s as positions and ranges', (text, expected) => {
  expect(positions(text)).toEqual(expected.map(([from, to]) => ({ from, to })));
}); // prettier-ignore

test.each(['0', '1-', '-2', '1-2-3', '2-1', '0-2', '1,,2', '1.5', '', '1e3', '1–2'])(
  'refuses %j as positions',
  text => {
    expect(() => positions(text)).toThrow();
  },
);

const statuses = [undefined, 200, 204, 404, 500, 503];

test.each<[string, typeof statuses]>([
  ['5xx', [500, 503]],
  ['200,204', [200, 204]],
  ['none', [undefined]],
  ['None,5XX,404', [undefined, 404, 500, 503]],
])('parses %s as a set of statuses', (text, expected) => {
  expect(statuses.filter(status => answers(text).includes(status))).toEqual(expected);
});

test.each(['', 'no', '600', '5xx,,none', 'none5'])('refuses %j as a set of statuses', text => {
  expect(() => answers(text)).toThrow();
});

test('collects types of events, including those of other senders', () => {
  expect(eventTypes('charge.succeeded, ping', ['customer.status'])).toEqual([
    'customer.status',
    'charge.succeeded',
    'ping',
  ]);
});
