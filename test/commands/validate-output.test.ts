import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { encodeRecord, type RecordFacts } from '../../src/recording/record.js';
import { published } from '../event/published.js';
import { webhookCli } from '../support/cli.js';
import { bad, folderWith, good, odd, problemsIn, validate } from './validating.js';

describe('formats', () => {
  test('lines of NDJSON are reported by number; blank ones count but aren’t checked', async () => {
    const { lines, exitCode } = await validate({ 'a.txt': `\ufeff${good}\r\n\n \t  \r\n${bad}\n{\n${good}` }, 'a.txt');
    expect(exitCode).toBe(65);
    expect(lines).toEqual([
      '⚠ a.txt:1:1  the body begins with a byte order mark',
      expect.stringMatching(/^✘ a\.txt:4:\d+ {2}data\.type should be/),
      "✘ a.txt:5:2  the body isn't JSON: expected property name or '}'",
      '✘ a.txt  2 of 4 valid  2 errors, 1 warning, 1 unchecked',
    ]);
  });

  test.each([
    ['UTF-16LE', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le'), 'iconv -f UTF-16LE -t UTF-8'],
    ['UTF-16BE', (text: string) => Buffer.from(text, 'utf16le').swap16(), 'iconv -f UTF-16BE -t UTF-8'],
    ['gzip', (text: string) => gzipSync(text), 'gunzip -c <file>'],
  ])('%s is recognised whatever the file contains, with what to do', async (form, encoded, advice) => {
    const files = { 'a.ndjson': encoded(`${good}\n${good}\n`) };
    const { lines, stderr, exitCode } = await validate(files, 'a.ndjson');
    expect(exitCode).toBe(65);
    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`^✘ a\\.ndjson:1:1  the body is (?:compressed with )?${form}, and isn't`)),
      '✘ a.ndjson  1 error, 1 unchecked',
    ]);
    expect(stderr).toMatch(/^error: a\.ndjson: its body can't be checked\nhint: .*\n$/);
    expect(stderr).toContain(advice);
  });

  test('a JSON document of several lines isn’t NDJSON, unless forced', async () => {
    const files = { 'a.json': published('full_2026-01.pretty2.json') };
    expect(await validate(files, 'a.json')).toMatchObject({ exitCode: 0 });
    expect(await validate(files, 'a.json', '--format', 'ndjson')).toMatchObject({ exitCode: 65 });
  });

  test('an .ndjson file is NDJSON even if its first line is broken', async () => {
    const { lines } = await validate({ 'a.ndjson': `{"event\n${good}\n` }, 'a.ndjson');
    expect(lines.at(-1)).toContain('1 of 2 valid');
  });

  const record = (body: string, facts: Partial<RecordFacts> = {}) =>
    encodeRecord({
      ...{ kind: 'request', id: 'r', seq: 1, receivedAt: '2026-01-31T09:30:00.000Z', method: 'POST', target: '/' },
      ...{ complete: true, body: Buffer.from(body), headers: [], ...facts },
    }).toString();

  test('line and column in a recording are those of a request’s body', async () => {
    const { lines, stderr, exitCode } = await validate(
      {
        'r.ndjson':
          record(good) +
          record(bad) +
          record('x').replace('"bodyLength":1', '"bodyLength":2') +
          record(good).slice(0, 40),
      },
      'r.ndjson',
    );
    expect(exitCode).toBe(65);
    expect(lines).toEqual([
      expect.stringMatching(/^✘ r\.ndjson, request 2, 1:5\d\d {2}data\.type should be/),
      '✘ r.ndjson  1 of 2 valid  1 error, 1 unchecked',
    ]);
    expect(stderr).toContain('a record after request 2 is corrupt');
    expect(stderr).toContain('a record after request 2 was never finished');
  });

  test('V1 and V2 names for one customer are reported within a file, but not across files', async () => {
    const other = good.replace('"QUEUED"', '"PROCESSING"');
    const { stdout } = await validate(
      { 'a.ndjson': `${good}\n${other}\n`, 'b.json': other },
      'a.ndjson',
      'b.json',
      '--json',
    );
    expect(problemsIn(stdout)).toMatchObject([
      { file: 'a.ndjson', line: 2, code: 'mixed-versions', expected: 'QUEUED (V1)', found: 'PROCESSING (V2)' },
    ]);
  });
});

test('a UUID matches in upper or lower case: an event’s reference, and the customer of several', async () => {
  const customer = (JSON.parse(good) as { data: { customer_id: string } }).data.customer_id;
  const shouted = good
    .replace(`"customer_id":"${customer}"`, `"customer_id":"${customer.toUpperCase()}"`)
    .replace('"QUEUED"', '"PROCESSING"');
  expect(shouted).toContain(customer.toUpperCase());
  const { stdout } = await validate({ 'a.ndjson': `${good}\n${shouted}\n` }, 'a.ndjson', '--json');
  expect(problemsIn(stdout)).toMatchObject([{ line: 2, code: 'mixed-versions' }]);
});

test('V1 and V2 names sent on purpose aren’t reported', async () => {
  const sent = [good, good.replace('"QUEUED"', '"PROCESSING"')].map(body =>
    encodeRecord({
      ...{ kind: 'sent', id: 's', seq: 1, receivedAt: '2026-01-31T09:30:00.000Z', method: 'POST', target: '/' },
      ...{ complete: true, body: Buffer.from(body), headers: [] },
    }).toString(),
  );
  const { stdout } = await validate({ 'sent.ndjson': sent.join('') }, 'sent.ndjson', '--json');
  expect(problemsIn(stdout)).toEqual([]);
  const received = sent.join('').replaceAll('"kind":"sent"', '"kind":"request"');
  expect(problemsIn((await validate({ 'r.ndjson': received }, 'r.ndjson', '--json')).stdout)).toHaveLength(1);
});

describe('what is shown', () => {
  test('no value of a body by default', async () => {
    const { stdout } = await validate({ 'a.json': bad }, 'a.json');
    expect(stdout).not.toContain('afroja');
    const shown = await validate({ 'a.json': `{\n\t"event": "🙂🙂", "data": {}}` }, 'a.json', '--show', 'body');
    expect(shown.lines.slice(0, 3)).toEqual([
      '✘ a.json:2:11  event should be an object and is a string of 4 characters',
      '  2 |  "event": "🙂🙂", "data": {}}',
      '    |           ^',
    ]);
  });

  test('as much of the line with the problem as fits on a terminal', async () => {
    const stdout = Object.assign(new PassThrough(), { isTTY: true, columns: 60 });
    const cwd = folderWith({ 'a.json': bad.replace('afroja', 'af\u202eroja') });
    const written: Buffer[] = [];
    stdout.on('data', (chunk: Buffer) => written.push(chunk));
    await webhookCli(['validate', 'a.json', '--no-color'], { cwd, stdout });
    const lines = Buffer.concat(written).toString().split('\n');
    expect(lines.join('\n')).toContain('\n    data.type should be');
    expect(lines.find(line => line.includes('1 |'))).toMatch(/"NOBODY"/);
    expect(lines.join('')).not.toContain('\u202e');
    for (const line of lines.filter(text => text.includes(' | '))) expect(line.length).toBeLessThanOrEqual(60);
  });
});

describe('reports for other programs', () => {
  test('annotations replace the text output', async () => {
    const { stdout, stderr } = await validate(
      { 'a.json': `\n${bad}`, 'b.json': odd },
      'a.json',
      'b.json',
      '--report',
      'github',
    );
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(
        /^::error file=a\.json,line=2,col=\d+,title=a\.json%3A 2%3A\d+ wrong-value::data\.type should be/,
      ),
      expect.stringMatching(/^::warning file=b\.json,line=1,col=\d+,.*::data\.customer_status is "MELTED"/),
      'webhook-cli validate: 1 passed, 1 failed, 1 with a warning, 0 skipped',
      '',
    ]);
    expect(stderr).toBe('');
  });

  test('JUnit in a file along with the text: valid files, problems, unreadable files', async () => {
    const cwd = folderWith({ 'a.json': bad, 'b.json': good });
    const run = await webhookCli(['validate', 'a.json', 'b.json', 'nope.json', '--report', 'junit=out.xml'], { cwd });
    expect(run.exitCode).toBe(65);
    expect(run.stdout).toContain('✔ b.json');
    const parser = new XMLParser({ ignoreAttributes: false, isArray: name => name === 'testcase' });
    const { testsuites } = parser.parse(readFileSync(path.join(cwd, 'out.xml'))) as {
      testsuites: Record<string, string> & { testsuite: { testcase: { failure?: object }[] }[] };
    };
    expect(testsuites['@_tests']).toBe('3');
    expect(testsuites['@_failures']).toBe('2');
    const outcomes = testsuites.testsuite.map(({ testcase }) => testcase.map(({ failure }) => failure === undefined));
    expect(outcomes).toEqual([[false], [true], [false]]);
  });
});
