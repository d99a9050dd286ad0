import { execFileSync } from 'node:child_process';
import { createWriteStream, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { encodeRecord, type RecordFacts } from '../../src/recording/record.js';
import { reportsIn, startCli, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { terminal } from '../support/in-words.js';
import { approved, env, signatureOf } from '../support/listening.js';
import { widthOf } from '../../src/text/width.js';

const event = approved.toString();

const record = (text: string, id: string, facts: Partial<RecordFacts> = {}): Buffer =>
  encodeRecord({
    ...{ kind: 'request', id, seq: 1, receivedAt: '2026-01-31T09:30:00.000Z', method: 'POST', target: '/' },
    ...{ complete: true, body: Buffer.from(text), headers: Object.entries(signatureOf(text)), ...facts },
  });
const verdict = (facts: object) => ({
  verdict: { status: 200, signature: 'valid', answeredBy: 'application', ...facts },
});
const reply = (of: string, status: number, { milliseconds, text = 'OK' }: { milliseconds: number; text?: string }) =>
  record(text, `reply-${of}`, {
    kind: 'reply',
    of,
    status,
    headers: [['set-cookie', 'sid=1']],
    verdict: { milliseconds },
  });

/** A response from the application, an error, no response at all, and a refusal. */
const recording = Buffer.concat([
  record(event, '1', verdict({})),
  record(event.replace('APPROVED', 'A_STATUS_THAT_IS_LONG'), '2', verdict({})),
  reply('2', 503, { milliseconds: 12_345, text: '{"busy":true,"n":1.0}' }),
  reply('1', 200, { milliseconds: 4.2 }),
  record(event, '3', verdict({})),
  record('no event', '4', verdict({ status: 401, signature: 'signature-mismatch', answeredBy: 'receiver' })),
  record(event, '5', verdict({ status: 404, signature: undefined, refusal: 'wrong-path', answeredBy: 'receiver' })),
]);

function folder(content: Uint8Array = recording): string {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'captured'), content);
  return cwd;
}

const inspect = (argv: readonly string[], cwd = folder()) => webhookCli(['inspect', ...argv], { cwd, env });

/** What a terminal of this width shows. */
async function shownAt(columns: number, argv: readonly string[], more: NodeJS.ProcessEnv = { NO_COLOR: '1' }) {
  const { stdout, shown } = terminal(columns);
  const { exitCode } = await webhookCli(['inspect', ...argv], { cwd: folder(), env: { ...env, ...more }, stdout });
  expect(exitCode).toBe(0);
  return shown();
}

const clock = (text: string) =>
  text.replaceAll(/\b\d\d:\d\d:\d\d\b/g, 'HH:MM:SS').replaceAll(/\b\d\d-\d\d(?= H)/g, 'MM-DD');

describe('the list', () => {
  test('has one line per request at 80 columns', async () => {
    expect(clock(await shownAt(80, ['captured']))).toMatchInlineSnapshot(`
      "     1  HH:MM:SS  customer.status  APPROVED  6b042125  ✔ valid      200   4 ms
           2  HH:MM:SS  customer.status  A_STATU…  6b042125  ✔ valid      503   12.3 s
           3  HH:MM:SS  customer.status  APPROVED  6b042125  ✔ valid      none
           4  HH:MM:SS  8 bytes          –         –         ✘ mismatch   401
           5  HH:MM:SS  customer.status  APPROVED  6b042125  ✘ wrong-pa…  404
      5 requests, 2 refused, 4 without a 2xx response: webhook-cli inspect captured
        --failed
      "
    `);
  });

  test('has fewer columns at 40', async () => {
    expect(await shownAt(40, ['captured'])).toMatchInlineSnapshot(`
      "     1  APPROVED   ✔ valid          200
           2  A_STATUS…  ✔ valid          503
           3  APPROVED   ✔ valid          none
           4  –          ✘ mismatch       401
           5  APPROVED   ✘ wrong-path     404
      5 requests, 2 refused, 4 without a 2xx
        response: webhook-cli inspect captured
        --failed
      "
    `);
  });

  test.each([120, 80, 60, 40, 30])('at %i columns fits, and its columns are aligned', async columns => {
    const lines = (await shownAt(columns, ['captured'])).split('\n').slice(0, 5);
    expect(lines.filter(line => widthOf(line) > columns)).toEqual([]);
    const verdicts = lines.map(line => line.search(/[✔✘–] ?(?:valid|mismatch|signature-mismatch|wrong-pa|$)/));
    expect(new Set(verdicts).size).toBe(1);
  });

  test('is coloured by outcome', async () => {
    const shown = await shownAt(40, ['captured'], { FORCE_COLOR: '1' });
    expect(shown.split('\n')[1]).toBe(
      '     2  \u001b[1mA_STATUS…\u001b[22m  \u001b[32m✔ valid\u001b[39m          \u001b[31m503\u001b[39m',
    );
  });

  test('in JSON says who responded, and shows no personal data', async () => {
    const { exitCode, stdout } = await inspect(['captured', '--json']);
    const reports = reportsIn(stdout);
    expect(exitCode).toBe(0);
    expect(reports.map(({ type, index, answer, verdict }) => ({ type, index, answer, verdict })).slice(1)).toEqual([
      { type: 'exchange', index: 2, answer: { status: 503, by: 'application', milliseconds: 12_345 }, verdict: { by: 'recording', isAccepted: true } },
      { type: 'exchange', index: 3, answer: { status: null, by: 'application' }, verdict: { by: 'recording', isAccepted: true } },
      { type: 'exchange', index: 4, answer: { status: 401, by: 'receiver' }, verdict: { by: 'recording', isAccepted: false, reason: 'signature-mismatch' } },
      { type: 'exchange', index: 5, answer: { status: 404, by: 'receiver' }, verdict: { by: 'recording', isAccepted: false, reason: 'wrong-path' } },
      { type: 'summary' },
    ]); // prettier-ignore
    expect(reports.at(-1)).toEqual({ type: 'summary', file: 'captured', shown: 5, refused: 2, failed: 4 });
    expect(stdout).not.toMatch(/@|bodyBase64|headers/);
  });

  test('checks signatures again if a secret is named', async () => {
    const { stdout } = await inspect(['captured', '--json', '--secret-env', 'WEBHOOK_SECRET', '--only', '4-5']);
    expect(reportsIn(stdout).slice(0, 2)).toMatchObject([
      { index: 4, verdict: { by: 'check', isAccepted: true } },
      { index: 5, verdict: { by: 'check', isAccepted: true } },
    ]);
  });

  test('with a corrupt record gives exit code 65 and shows the rest', async () => {
    const corrupt = Buffer.from(record('x', '9').toString().replace('"kind"', '"kin"'));
    const { exitCode, stdout } = await inspect(['captured', '--json'], folder(Buffer.concat([corrupt, recording])));
    expect({ exitCode, shown: reportsIn(stdout).at(-1)?.['shown'] }).toEqual({ exitCode: 65, shown: 5 });
  });

  test('of the configuration’s recording needs no file', async () => {
    const cwd = folder();
    writeFileSync(path.join(cwd, 'webhook-cli.config.json'), '{"listen":{"save":"captured"}}');
    expect(reportsIn((await inspect(['--json'], cwd)).stdout)).toHaveLength(6);
    expect(reportsIn((await inspect(['2,3', '--json'], cwd)).stdout).map(({ index }) => index)).toEqual([2, 3]);
  });

  test('shows requests while the recording is still being written', async () => {
    const cwd = temporaryFolder();
    const pipe = path.join(cwd, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const stdout = new PassThrough();
    const running = startCli(['inspect', 'pipe', '--json'], { cwd, env, stdout });
    const writer = createWriteStream(pipe);
    writer.write(record(event, '1', verdict({ answeredBy: 'receiver' })));
    const [first] = (await stdout[Symbol.asyncIterator]().next()).value as Buffer[] | Uint8Array;
    expect(first).toBeDefined();
    writer.end(record(event, '2'));
    expect((await running.ended).exitCode).toBe(0);
  });
});

describe('one request', () => {
  test('is laid out on a terminal, with its response, and no credentials', async () => {
    const shown = await shownAt(80, ['captured', '2']);
    expect(shown).toContain('\n    "customer_status": "A_STATUS_THAT_IS_LONG",\n');
    expect(shown).toContain('\nsignature  ✔ valid (WEBHOOK_SECRET)\n');
    expect(shown).toContain(
      '\nresponse  503  12345 ms  by the application\nset-cookie: [redacted]\n\n{\n  "busy": true,\n  "n": 1.0\n}\n',
    );
  });

  test('is exact in a pipe', async () => {
    const cwd = folder(record('a\r\n\u0007"\u001b', '1'));
    expect((await inspect(['captured', '1'], cwd)).stdout).toContain('\n\na\r\n\u0007"\u001b\n\nsignature');
  });

  test('says why its signature doesn’t match', async () => {
    const cwd = folder(record(`${event}\n`, '1', { headers: Object.entries(signatureOf(event)) }));
    const { exitCode, stdout } = await inspect(['captured', '1'], cwd);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('why: the signature matches the body without its final newline');
  });
});

describe('--diff', () => {
  const differing = (one: string, other: string, more: Partial<RecordFacts> = {}) =>
    inspect(['captured', '1', '2', '--diff'], folder(Buffer.concat([record(one, '1', { headers: [] }), record(other, '2', { headers: [], ...more })]))); // prettier-ignore

  test.each([
    ['{"a":{"b":[1,2]},"c":1}', '{"a":{"b":[1,3]},"d":1}', '1 → 2\n- a.b[1]: 2\n+ a.b[1]: 3\n- c: 1\n+ d: 1\n'],
    ['{"a":1}', '{ "a": 1.0 }', '1 → 2\nthe bodies are the same JSON, serialised differently\n'],
    ['a\nb\nc', 'a\nB\nc', '1 → 2\n  a\n- b\n+ B\n  c\n'],
    ['same', 'same', '1 and 2 are the same\n'],
    ['a\0', 'b', '1 → 2\nthe bodies differ: 2 bytes and 1 byte\n'],
    ['[1]', '{"a":1}', '1 → 2\n- [1]\n+ {"a":1}\n'],
  ])('of %j and %j', async (one, other, expected) => {
    expect(await differing(one, other)).toMatchObject({ exitCode: 0, stdout: expected });
  });

  test('shows the method, the target and headers, too', async () => {
    const { stdout } = await differing('a', 'a', { method: 'PUT', target: '/b', headers: [['X-A', '1']] });
    expect(stdout).toBe('1 → 2\n- method: POST\n+ method: PUT\n- target: /\n+ target: /b\n+ x-a: 1\n');
  });

  test('compares JSON that is too deep for recursion by line', async () => {
    const deep = (value: string) => '['.repeat(3000) + value + ']'.repeat(3000);
    expect((await differing(deep('1'), deep('2'))).exitCode).toBe(0);
  });

  test('needs two requests', async () => {
    expect(await inspect(['captured', '1-3', '--diff'])).toMatchObject({ exitCode: 2 });
    expect(await inspect(['captured', '1-2', '--diff'])).toMatchObject({ exitCode: 0 });
  });
});
