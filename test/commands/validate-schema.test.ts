import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, inject, test } from 'vitest';
import { jsonSchemaOf } from '../../src/event/json-schema.js';
import { encodeRecord } from '../../src/recording/record.js';
import { reportsIn, root, webhookCli } from '../support/cli.js';
import { loadedBy } from '../support/loaded.js';
import { bad, folderWith, good, problemsIn, validate } from './validating.js';

const schema = JSON.stringify({
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  required: ['id', 'lines'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    status: { enum: ['OPEN', 'PAID'] },
    note: { type: 'string' },
    lines: { type: 'array', items: { required: ['price'], properties: { price: { minimum: 0 } } } },
  },
  additionalProperties: false,
});

const order = '{"id":"67bd224e-9a71-4dc0-8782-f40ac07eb94e","status":"OPEN","lines":[{"price":1}]}';
const wrong = order.replace('OPEN', 'SENT').replace('1}', '-1}');

const flags = ['--schema', 's.json'];

describe('places', () => {
  test('in a document are those in the file', async () => {
    const text = `{\n  "id": "é🙂", "fax": 1,\n  "lines": [{"price": 1}, {\n    "price": -1}, {}]\n}`;
    const { lines, exitCode } = await validate({ 'a.json': text, 's.json': schema }, 'a.json', ...flags);
    expect(exitCode).toBe(1);
    expect(lines).toEqual([
      "✘ a.json:2:9  id isn't a UUID",
      "✘ a.json:2:15  fax isn't a key that the schema allows",
      '✘ a.json:4:14  lines[1].price should be at least 0',
      '✘ a.json:4:19  lines[2].price is missing',
      '✘ a.json  4 errors',
    ]);
  });

  test('in lines, items, standard input and requests of a recording, too', async () => {
    const record = encodeRecord({
      ...{ kind: 'request', id: 'r', seq: 1, receivedAt: '2026-01-31T09:30:00.000Z', method: 'POST', target: '/' },
      ...{ complete: true, body: Buffer.from(wrong), headers: [] },
    });
    const files = { 'l.ndjson': `${order}\n${wrong}\n`, 'i.json': `[${order},\n${wrong}]`, 'r.ndjson': record };
    const cwd = folderWith({ ...files, 's.json': schema });
    const stdin = Readable.from([Buffer.from(wrong)]);
    const argv = ['validate', 'l.ndjson', 'i.json', 'r.ndjson', '-', ...flags, '--json'];
    const { stdout, exitCode } = await webhookCli(argv, { cwd, stdin });
    expect(exitCode).toBe(1);
    const column = wrong.indexOf('"SENT"') + 1;
    expect(problemsIn(stdout).filter(({ code }) => code === 'wrong-value')).toMatchObject([
      {
        file: 'l.ndjson',
        line: 2,
        column,
        level: 'error',
        path: ['status'],
        expected: 'OPEN or PAID',
        found: '"SENT"',
      },
      { file: 'i.json', item: 2, line: 2, column },
      { file: 'r.ndjson', index: 1, line: 1, column },
      { file: '-', line: 1, column },
    ]);
    expect(reportsIn(stdout).at(-1)).toMatchObject({ type: 'summary', files: 4, bodies: 6, valid: 2, errors: 8 });
  });

  test('in folders and globs, and the schema may be anywhere', async () => {
    const files = { 'in/a.json': order, 'in/b/c.json': wrong, 's.json': schema };
    for (const name of ['in', 'in/**/*.json'])
      expect((await validate(files, name, ...flags)).lines.at(-1)).toBe('✘ 2 files, 1 of 2 valid, 2 errors');
  });
});

describe('levels', () => {
  test('an error if the schema finds it, a warning if only the text shows it, unless --strict is set', async () => {
    const text = `\ufeff${order.replace('"status"', '"status":"PAID","status"').replace('1}', '12345678901234567890}')}`;
    const files = { 'a.json': text, 's.json': schema };
    const { stdout, exitCode } = await validate(files, 'a.json', ...flags, '--json');
    expect(exitCode).toBe(0);
    expect(problemsIn(stdout).map(({ level, code }) => [level, code])).toEqual([
      ['warning', 'byte-order-mark'],
      ['warning', 'duplicate-key'],
      ['warning', 'imprecise-number'],
    ]);
    expect(await validate(files, 'a.json', ...flags, '--strict')).toMatchObject({ exitCode: 1 });
  });

  test.each([
    ['no JSON', '{', 65],
    ['not UTF-8', Buffer.from('7bff7d', 'hex'), 65],
    ['nothing', '', 65],
    ['100,000 levels', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 65],
    ['an array, which has a body in each item', `[${order},${order}]`, 0],
    ['an empty array, which is a body', '[]', 1],
  ])('%s', async (_, content, exitCode) => {
    expect(await validate({ 'a.json': content, 's.json': schema }, 'a.json', ...flags)).toMatchObject({ exitCode });
  });
});

describe('Fin events', () => {
  test('are checked against this schema only', async () => {
    const other = good.replace('"QUEUED"', '"PROCESSING"');
    const files = { 'a.ndjson': `${good}\n${bad}\n${other}\n`, 's.json': '{"required":["event","data"]}' };
    const { lines, exitCode } = await validate(files, 'a.ndjson', ...flags);
    expect([lines, exitCode]).toEqual([['✔ a.ndjson  3 of 3 valid'], 0]);
  });

  test('are named, and other bodies aren’t', async () => {
    const foreign = good.replace('customer.status', 'Ada Lovelace');
    const files = { 'a.json': good, 'b.json': foreign, 's.json': '{"required":["event"]}' };
    const { lines } = await validate(files, 'a.json', 'b.json', ...flags);
    expect(lines[0]).toMatch(/^✔ a\.json {2}customer\.status {2}QUEUED/);
    expect(lines[1]).toBe('✔ b.json');
  });

  test('fit the schemas printed by the schema command', async () => {
    const printed = JSON.stringify(await jsonSchemaOf('customer.status'));
    const files = { 'a.json': good, 'b.json': bad, 's.json': printed };
    const { lines } = await validate(files, 'a.json', 'b.json', ...flags);
    expect(lines.at(-1)).toBe('✘ 2 files, 1 of 2 valid, 1 error');
    expect(lines[1]).toMatch(/^✘ b\.json:1:\d+ {2}data\.type should be INDIVIDUAL or BUSINESS and is "NOBODY"$/);
  });
});

test('JUnit has the same places', async () => {
  const cwd = folderWith({ 'a.json': wrong, 'b.json': order, 's.json': schema });
  const run = await webhookCli(['validate', 'a.json', 'b.json', ...flags, '--report', 'junit=out.xml'], { cwd });
  expect(run.exitCode).toBe(1);
  const parser = new XMLParser({ ignoreAttributes: false });
  const { testsuites } = parser.parse(readFileSync(path.join(cwd, 'out.xml'))) as {
    testsuites: Record<string, string> & { testsuite: { testcase: Record<string, string> | object[] }[] };
  };
  expect([testsuites['@_tests'], testsuites['@_failures']]).toEqual(['3', '2']);
  expect(testsuites.testsuite[0]?.testcase).toMatchObject([
    { '@_name': `1:${wrong.indexOf('"SENT"') + 1} wrong-value`, '@_file': 'a.json', '@_line': '1' },
    { failure: { '@_message': 'lines[0].price should be at least 0' } },
  ]);
});

test('an unknown format is a warning, and changes nothing', async () => {
  const files = { 'a.json': '"x"', 's.json': '{"format": "iban"}' };
  const { exitCode, stderr } = await validate(files, 'a.json', ...flags);
  expect([exitCode, stderr]).toEqual([0, "warning: s.json: unknown formats aren't checked: iban\n"]);
});

test('a hostile line doesn’t stop the others from being checked', async () => {
  const lines = [order, order.replace('OPEN', `${'a'.repeat(60)}!`), order, wrong].join('\n');
  const slow = schema.replace('"enum":["OPEN","PAID"]', '"pattern":"^(OPEN|(a+)+)$"');
  const { stdout, exitCode } = await validate({ 'a.ndjson': lines, 's.json': slow }, 'a.ndjson', ...flags, '--json');
  expect(exitCode).toBe(65);
  expect(problemsIn(stdout).map(({ line, code }) => [line, code])).toEqual([
    [2, 'too-slow'],
    [4, 'wrong-pattern'],
    [4, 'wrong-number'],
  ]);
  expect(reportsIn(stdout).at(-1)).toMatchObject({ bodies: 4, valid: 2, unjudgeable: 1 });
});

test('a second thread gives the same result for a long file', async () => {
  // One thread alone reads 8 MiB, and it does so sooner if lines are long.
  const long = order.replace('{', `{"note":"${'x'.repeat(4000)}",`);
  const lines = Array.from({ length: 2400 }, (_, index) => (index % 100 === 0 ? wrong : long)).join('\n');
  const cwd = folderWith({ 'a.ndjson': lines, 's.json': schema });
  expect(lines.length).toBeGreaterThan(9 * 1024 ** 2);
  const argv = ['validate', 'a.ndjson', ...flags];
  const workerScript = pathToFileURL(path.join(inject('builtPackage'), 'bin/worker.js'));
  const [alone, together] = [await webhookCli(argv, { cwd }), await webhookCli(argv, { cwd, workerScript })];
  expect(alone.stdout).toContain('2,376 of 2,400 valid');
  expect(together.stdout === alone.stdout).toBe(true);
});

describe('the built command loads', () => {
  /** A text that only ajv contains. */
  const sign = 'ajv implementation error';
  const dist = () => path.join(inject('builtPackage'), 'dist');
  const hasSign = (file: string) => readFileSync(path.join(dist(), file), 'utf8').includes(sign);

  test('the schema compiler with --schema, and never without it', () => {
    const cwd = folderWith({ 's.json': '{"required":["event"]}' });
    const body = path.join(root, 'fixtures/events/approved.json');
    expect(
      readdirSync(dist())
        .filter(file => file.endsWith('.cjs'))
        .filter(hasSign),
    ).not.toEqual([]);
    expect(loadedBy(['validate', body], cwd).files.filter(hasSign)).toEqual([]);
    const { files, stdout } = loadedBy(['validate', body, ...flags], cwd);
    expect(files.filter(hasSign)).not.toEqual([]);
    expect(stdout).toContain('✔');
  });
});
