import { expect, test } from 'vitest';
import { statusSet } from '../../src/http/status-set.js';
import { InvalidValueError } from '../../src/errors.js';

const all = Array.from({ length: 500 }, (_, index) => index + 100);
const range = (from: number, to: number): number[] => all.filter(status => status >= from && status <= to);

test.each<[text: string, statuses: number[], shown: string]>([
  ['2xx', range(200, 299), '2xx'],
  ['1xx', range(100, 199), '1xx'],
  ['5XX', range(500, 599), '5xx'],
  ['401', [401], '401'],
  ['100', [100], '100'],
  ['599', [599], '599'],
  ['200,204', [200, 204], '200,204'],
  [' 204 , 2Xx ', range(200, 299), '204,2xx'],
  ['4xx,200', [200, ...range(400, 499)], '4xx,200'],
  ['1xx,2xx,3xx,4xx,5xx', all, '1xx,2xx,3xx,4xx,5xx'],
  ['401,401', [401], '401,401'],
])('"%s" includes these statuses and no others', (text, statuses, shown) => {
  const set = statusSet(text);
  expect(all.filter(set.includes)).toEqual(statuses);
  expect(set.text).toBe(shown);
});

test.each([
  '',
  ' ',
  ',',
  '200,',
  ',200',
  '20',
  '2000',
  '099',
  '600',
  '6xx',
  '0xx',
  'xxx',
  '2x',
  '2xxx',
  '20x',
  'x00',
  'ok',
  '200-204',
  '200;204',
  '200 204',
  '+200',
  '2e2',
  '２００',
])('the text %j isn’t a set of statuses', text => {
  expect(() => statusSet(text)).toThrow(
    new InvalidValueError(`"${text}" isn't a set of statuses`, { hint: 'write it like 2xx, 401 or 200,204' }),
  );
});
