import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { encodeRecord, type RecordFacts } from '../../src/recording/record.js';
import { hasHeader, pairsOf, type Header } from '../../src/http/header.js';
import { webhookCli, type Run } from '../support/cli.js';
import { writeHar } from '../support/recording.js';
import { temporaryFolder } from '../support/folder.js';
import { startReceiver, type Received } from '../support/receiver.js';

const recordedSignature = 'ab'.repeat(32);

const record = (facts: Partial<RecordFacts> = {}) =>
  encodeRecord({
    ...{ kind: 'request', id: 'r', seq: 1, receivedAt: '2026-01-31T09:30:00.000Z', method: 'POST', target: '/old' },
    ...{ complete: true, body: Buffer.from('{}'), headers: [['X-Fin-Signature', recordedSignature]], ...facts },
  });

function replay(content: Uint8Array, ...flags: string[]): Promise<Run> {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'captured'), content);
  return webhookCli(['replay', 'captured', ...flags], { cwd });
}

const sha256 = (body: Uint8Array) => createHash('sha256').update(body).digest('hex');

/** Without the headers that the client writes itself. */
const headersOf = (request: Received | undefined): Header[] =>
  pairsOf(request?.rawHeaders ?? []).filter(
    ([name]) => !['host', 'connection', 'content-length'].includes(name.toLowerCase()),
  );

const bodies = [
  { title: 'FF', body: Buffer.from([0x7b, 0xff, 0x7d]) },
  { title: 'NUL', body: Buffer.from([0, 0x7b, 0, 0x7d, 0]) },
  { title: 'a byte order mark', body: Buffer.from('\ufeff{"a":1}') },
  { title: 'CRLF', body: Buffer.from('\r\n{\r\n"a": 1\r\n}\r\n') },
  { title: '1 MiB', body: Buffer.alloc(1024 * 1024, 'ÿ\0\r\n', 'latin1') },
  { title: 'nothing', body: Buffer.alloc(0) },
];

describe('sends what was recorded', () => {
  test.each(bodies)('a body with $title', async ({ body }) => {
    const { url, received } = await startReceiver();
    const { exitCode } = await replay(record({ body }), '--url', url);
    expect(exitCode).toBe(0);
    expect(received.map(request => sha256(request.body))).toEqual([sha256(body)]);
  });

  test('all bodies of a recording, one after the other', async () => {
    const { url, received } = await startReceiver();
    const content = Buffer.concat(bodies.map(({ body }) => record({ body })));
    const { exitCode, stdout } = await replay(content, '--url', url);
    expect(exitCode).toBe(0);
    expect(received.map(({ body }) => sha256(body))).toEqual(bodies.map(({ body }) => sha256(body)));
    expect(stdout).toContain('✔ 6 of 6 as expected\n');
  });

  test('the method, and the headers in their order and case, with repetitions', async () => {
    const { url, received } = await startReceiver();
    const headers: Header[] = [
      ['USER-agent', 'Fin/1.0'],
      ['X-Fin-Signature', recordedSignature],
      ['x-Trace', 'one'],
      ['Content-Type', 'application/json; charset=utf-8'],
      ['X-TRACE', 'two'],
      ['x-empty', ''],
      ['x-latin', 'caf\xe9'],
    ];
    await replay(record({ method: 'PUT', headers }), '--url', `${url}new?x=1`);
    expect(received).toMatchObject([{ method: 'PUT', target: '/new?x=1' }]);
    expect(headersOf(received[0])).toEqual(headers);
  });

  test('except the host, the framing and redacted values', async () => {
    const { url, received } = await startReceiver();
    const headers: Header[] = [
      ['Host', 'old.test'],
      ['Connection', 'close'],
      ['Keep-Alive', 'timeout=5'],
      ['Transfer-Encoding', 'chunked'],
      ['Content-Length', '999'],
      ['Expect', '100-continue'],
      ['Authorization', 'Bearer of old'],
      ['Cookie', 'session=old'],
      ['x-kept', 'yes'],
    ];
    expect(await replay(record({ headers }), '--url', url)).toMatchObject({ exitCode: 0 });
    expect(headersOf(received[0])).toEqual([['x-kept', 'yes']]);
    expect(received[0]?.headers).toMatchObject({ host: new URL(url).host, 'content-length': '2' });
  });
});

test('says once, on standard error, that signatures are sent as recorded', async () => {
  const { url, received } = await startReceiver();
  const { exitCode, stderr } = await replay(Buffer.concat([record(), record()]), '--url', url);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr: 'warning: recorded signatures are sent unchanged; --resign signs again with the current secret\n',
  });
  expect(received.map(({ headers }) => headers['x-fin-signature'])).toEqual([recordedSignature, recordedSignature]);
});

test('-H replaces a recorded header, in upper or lower case and any number of times', async () => {
  const { url, received } = await startReceiver();
  const headers: Header[] = [['X-Trace', 'old'], ['x-kept', 'yes'], ['x-trace', 'older']]; // prettier-ignore
  await replay(record({ headers }), '--url', url, '-H', 'x-TRACE: new', '-H', 'Authorization: Basic eDp5');
  expect(headersOf(received[0])).toEqual([
    ['x-kept', 'yes'],
    ['x-TRACE', 'new'],
    ['Authorization', 'Basic eDp5'],
  ]);
});

describe('only flags choose the target', () => {
  test('not a Host header or a target in the recording', async () => {
    const [elsewhere, { url, received }] = [await startReceiver(), await startReceiver()];
    const { host } = new URL(elsewhere.url);
    const targets = [`${elsewhere.url}x`, `//${host}/x`, `/\\${host}/x`, `http://u:p@${host}/`, `@${host}`, '*', ''];
    const hosts: Header[][] = [[['Host', host]], [['hOST', host], ['X-Forwarded-Host', host]]]; // prettier-ignore
    const records = targets.flatMap(target => hosts.map(headers => record({ target, headers })));
    const { exitCode } = await replay(Buffer.concat(records), '--url', `${url}hook`);
    expect(exitCode).toBe(0);
    expect(elsewhere.received).toEqual([]);
    expect(received).toHaveLength(records.length);
    for (const { target, headers } of received) {
      expect({ target, host: headers.host }).toEqual({ target: '/hook', host: new URL(url).host });
    }
  });

  test('not a redirect', async () => {
    const elsewhere = await startReceiver();
    const { url, received } = await startReceiver(response =>
      response.writeHead(307, { location: elsewhere.url }).end(),
    );
    const { exitCode, stdout } = await replay(record(), '--url', url);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('redirects are never followed');
    expect(received).toHaveLength(1);
    expect(elsewhere.received).toEqual([]);
  });

  test('WEBHOOK_URL does, too', async () => {
    const { url, received } = await startReceiver();
    const run = await webhookCli(['replay', '-'], { env: { WEBHOOK_URL: url }, stdin: Readable.from([record()]) });
    expect(run.exitCode).toBe(0);
    expect(received).toHaveLength(1);
  });
});

describe('it reads', () => {
  const body = bodies[1]?.body ?? Buffer.alloc(0);
  const headers: Header[] = [['Host', 'old.test'], ['X-Fin-Signature', recordedSignature]]; // prettier-ignore
  const head = `POST /old HTTP/1.1\r\nHost: old.test\r\nX-Fin-Signature: ${recordedSignature}\r\n`;
  const contents: Record<string, Uint8Array> = {
    'a recording of received requests': record({ body, headers }),
    'a recording of sent requests': record({ kind: 'sent', body, headers }),
    HAR: writeHar([{ method: 'POST', target: '/old', headers, body, fidelity: 'exact', findings: [] }], {
      version: '0.0.0',
      origin: 'http://old.test',
    }),
    'raw HTTP': Buffer.concat([Buffer.from(`${head}Content-Length: ${body.length}\r\n\r\n`), body]),
    'raw HTTP in chunks': Buffer.concat([
      Buffer.from(`${head}Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n`),
      ...[body, Buffer.from('\r\n0\r\n\r\n')],
    ]),
  };

  test.each(Object.entries(contents))('%s, from a file and from standard input', async (_, content) => {
    const { url, received } = await startReceiver();
    expect(await replay(content, '--url', url)).toMatchObject({ exitCode: 0 });
    const fromInput = await webhookCli(['replay', '-', '--url', url], { stdin: Readable.from([content]) });
    expect(fromInput.exitCode).toBe(0);
    expect(received.map(request => request.body)).toEqual([body, body]);
    for (const request of received) expect(headersOf(request)).toEqual([['X-Fin-Signature', recordedSignature]]);
  });
});

test('responses in a recording aren’t sent', async () => {
  const { url, received } = await startReceiver();
  const reply = record({ kind: 'reply', of: 'r', status: 200, body: Buffer.from('OK') });
  const { exitCode } = await replay(Buffer.concat([record(), reply, record({ kind: 'sent' }), reply]), '--url', url);
  expect(exitCode).toBe(0);
  expect(received.map(({ body }) => body.toString())).toEqual(['{}', '{}']);
  expect(received.every(({ rawHeaders }) => hasHeader(pairsOf(rawHeaders), 'x-fin-signature'))).toBe(true);
});
