import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { reportsIn, webhookCli } from '../support/cli.js';
import { bad, good, odd, problemsIn, validate } from './validating.js';

test('The output of generate --format json is valid, also through a pipe.', async () => {
  const { stdout } = await webhookCli(['generate', '--count', '3', '--format', 'json']);
  const run = await webhookCli(['validate', '-', '--json'], { stdin: Readable.from([Buffer.from(stdout)]) });
  expect(run.exitCode).toBe(0);
  expect(reportsIn(run.stdout)).toEqual([expect.objectContaining({ type: 'file', bodies: 3, valid: 3 })]);
});

describe('each item of an array', () => {
  test('has its own number, and a line and column in the file', async () => {
    const text = `[\n  ${good},\n  {"event": "Zoë 🙂", "data": {}}, ${bad}\n]\n`;
    const { stdout, exitCode } = await validate({ 'a.json': text }, 'a.json', '--json');
    expect(exitCode).toBe(1);
    const line = text.split('\n')[2] ?? '';
    const columnOf = (part: string) => Array.from(line.slice(0, line.indexOf(part))).length + 1;
    expect(problemsIn(stdout)).toMatchObject([
      { item: 2, line: 3, column: columnOf('"Zoë'), path: ['event'] },
      { item: 3, line: 3, column: columnOf('"NOBODY"'), path: ['data', 'type'] },
    ]);
    expect(reportsIn(stdout).at(-1)).toMatchObject({ bodies: 3, valid: 1, errors: 2 });
  });

  test('is named in a form that editors know', async () => {
    const { lines } = await validate({ 'a.json': `[${good},${odd}]` }, 'a.json');
    expect(lines).toEqual([
      expect.stringMatching(/^⚠ a\.json:1:\d+, item 2 {2}data\.customer_status is "MELTED"/),
      '⚠ a.json  2 of 2 valid  1 warning',
    ]);
  });

  test('must be the event that --event names', async () => {
    const other = good.replace('customer.status', 'transaction.status');
    const { stdout } = await validate(
      { 'a.json': `[${good},${other}]` },
      'a.json',
      '--event',
      'customer.status',
      '--json',
    );
    expect(problemsIn(stdout)).toMatchObject([{ item: 2, path: ['event', 'type'] }]);
  });

  test('may be invalid without affecting the others', async () => {
    const { stdout, exitCode } = await validate({ 'a.json': `[${good},{"a":nope},${good}]` }, 'a.json', '--json');
    expect(exitCode).toBe(65);
    expect(problemsIn(stdout)).toMatchObject([{ item: 2, line: 1, code: 'not-json' }]);
    expect(reportsIn(stdout).at(-1)).toMatchObject({ bodies: 3, valid: 2, unjudgeable: 1 });
  });

  test('may have brackets, commas and quotation marks in its strings', async () => {
    const text = `[${good.replace('afroja', String.raw`a\"],[{\\`)},${good}]`;
    expect(await validate({ 'a.json': text }, 'a.json')).toMatchObject({ exitCode: 0 });
  });
});

describe('a broken array', () => {
  test.each([
    ['that ends too early', `[${good},`, { item: 2, column: good.length + 3 }],
    ['that ends within an item', `[${good},{"a`, { item: 2 }],
    ['without its bracket', `[${good}`, undefined],
    ['with a comma too many', `[${good},]`, { item: 2, column: good.length + 3 }],
    ['with something after it', `[${good}] x`, { item: 2, column: good.length + 4 }],
  ])('%s is reported as unreadable at that place', async (_, text, place) => {
    const { stdout, exitCode } = await validate({ 'a.json': text }, 'a.json', '--json');
    expect(exitCode).toBe(65);
    expect(problemsIn(stdout)).toMatchObject([{ code: 'not-json', line: 1, ...place }]);
  });
});

test('An empty array is not an event.', async () => {
  const { stdout, exitCode } = await validate({ 'a.json': '[ ]' }, 'a.json');
  expect(exitCode).toBe(1);
  expect(stdout).toContain('the body should be an object and is an array of 0 items');
});
