import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, statSync, symlinkSync, writeFileSync, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { decodeRecord } from '../../src/recording/decode.js';
import type { CaptureRecord } from '../../src/recording/record.js';
import { webhookCli } from '../support/cli.js';
import { descriptors } from '../support/descriptors.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, env, listening, signatureOf, signed, statusOf, stopped } from '../support/listening.js';
import { post, rawClient } from '../support/raw.js';

const newFile = (): string => path.join(temporaryFolder(), 'captured.ndjson');

/** The contents of the file right now. */
const recordsIn = (file: string): { record: CaptureRecord; body: Buffer }[] =>
  readFileSync(file, 'latin1')
    .split('\n')
    .filter(Boolean)
    .map(line => {
      const decoded = decodeRecord(Buffer.from(line, 'latin1'));
      if ('flaw' in decoded) throw new Error(JSON.stringify(decoded));
      return decoded;
    });

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('--save', () => {
  test('has a request in the file before its response', async () => {
    const file = newFile();
    const { url } = await listening('--save', file);
    for (let count = 1; count <= 20; count += 1) {
      expect(await statusOf(url, signed(approved))).toBe(200);
      expect(recordsIn(file)).toHaveLength(count);
    }
    const [first, second] = recordsIn(file);
    expect(first!.body.equals(approved)).toBe(true);
    expect(first!.record).toMatchObject({
      ...{ kind: 'request', seq: 1, method: 'POST', target: '/', httpVersion: '1.1', complete: true, redacted: [] },
      ...{ receivedAt: '2026-01-01T00:00:00.000Z', bodySha256: sha256(approved), bodyLength: approved.length },
      remote: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as unknown,
      verdict: { status: 200, signature: 'valid', schema: 'valid' },
    });
    expect(second!.record).toMatchObject({ seq: 2 });
    expect(new Set(recordsIn(file).map(({ record }) => record.id)).size).toBe(20);
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
  });

  test('keeps a body byte for byte', async () => {
    const bodies = [
      ...['ff', '00', 'efbbbf7b7d', '0d0a0d0a', '0a', 'c328', ''].map(hex => Buffer.from(hex, 'hex')),
      randomBytes(1024 ** 2),
    ];
    const file = newFile();
    const { url } = await listening('--save', file);
    for (const body of bodies) expect(await statusOf(url, signed(body))).toBe(400);
    const found = recordsIn(file);
    expect(found.map(({ body }) => sha256(body))).toEqual(bodies.map(sha256));
    expect(found.map(({ record }) => record.bodySha256)).toEqual(bodies.map(sha256));
  });

  test('keeps headers unchanged, except credentials', async () => {
    const file = newFile();
    const { url } = await listening('--save', file);
    const head = ['X-Odd: \xe9', 'x-odd: 2', 'Authorization: Bearer canary', 'cookie: canary', 'Proxy-Authorization: canary']; // prettier-ignore
    const client = await rawClient(url, Buffer.from(post('{}', ...head, 'connection: close'), 'latin1'));
    expect(await client.ended).toContain('401');
    expect(readFileSync(file, 'utf8')).not.toContain('canary');
    const { record } = recordsIn(file)[0]!;
    expect(record.rawHeaders).toEqual([
      ['host', 'x'],
      ['content-length', '2'],
      ['X-Odd', '\xe9'],
      ['x-odd', '2'],
      ['Authorization', '[redacted]'],
      ['cookie', '[redacted]'],
      ['Proxy-Authorization', '[redacted]'],
      ['connection', 'close'],
    ]);
    expect(record.redacted).toEqual(['Authorization', 'cookie', 'Proxy-Authorization']);
  });

  const wrongMethod = { status: 405, refusal: 'wrong-method' };
  const noEvent = { status: 400, signature: 'valid', schema: 'invalid' };

  test.each([
    ['another secret', signed(approved, 'other'), { status: 401, signature: 'signature-mismatch' }],
    ['no signature', { method: 'POST', body: approved }, { status: 401, signature: 'signature-missing' }],
    ['a body that isn’t an event', signed('{}'), noEvent],
    ['another method', { method: 'PUT', body: approved }, wrongMethod],
  ])('has refused requests, too: %s', async (_, request, verdict) => {
    const file = newFile();
    const { url } = await listening('--save', file);
    expect(await statusOf(url, request)).toBe(verdict.status);
    const bodyLength = verdict === noEvent ? 2 : approved.length;
    expect(recordsIn(file)).toMatchObject([{ record: { complete: true, verdict, bodyLength } }]);
  });

  test('marks the body of a request that was too large as incomplete', async () => {
    const file = newFile();
    const { url } = await listening('--save', file, '--max-body', '10');
    expect(await statusOf(url, signed(approved))).toBe(413);
    const verdict = { status: 413, refusal: 'body-too-large' };
    expect(recordsIn(file)).toMatchObject([{ record: { complete: false, verdict, bodyLength: 0 } }]);
  });

  test('has what arrived of a request whose client left', async () => {
    const file = newFile();
    const { url, ...running } = await listening('--save', file);
    const head = ['POST /cut HTTP/1.1', 'host: x', 'content-length: 100', 'expect: 100-continue', '', ''].join('\r\n');
    const client = await rawClient(url, head);
    await client.says(/100 Continue/);
    client.socket.end('{"half":');
    await client.ended;
    await stopped(running);
    expect(recordsIn(file)).toHaveLength(1);
    const { record, body } = recordsIn(file)[0]!;
    expect(body.toString()).toBe('{"half":');
    expect(record).toMatchObject({ complete: false, target: '/cut', verdict: { refusal: 'body-incomplete' } });
  });

  test.each([[['--fsync']], [['--respond', '500']], [['--no-verify']]])('works with %s', async flags => {
    const file = newFile();
    const { url, ...running } = await listening('--save', file, ...flags);
    const status = await statusOf(url, signed(approved));
    expect(status).toBe(flags.includes('500') ? 500 : 200);
    expect(recordsIn(file)).toMatchObject([{ record: { complete: true } }]);
    expect(await stopped(running)).toMatchObject({ exitCode: 130, stderr: '' });
  });

  test('appends to an earlier listener’s recording', async () => {
    const file = newFile();
    for (const count of [1, 2]) {
      const { url, ...running } = await listening('--save', file);
      await statusOf(url, signed(approved));
      await stopped(running);
      expect(recordsIn(file).map(({ record }) => record.seq)).toEqual(Array(count).fill(1));
    }
  });

  test('records nothing by default', async () => {
    const folder = temporaryFolder();
    const { url, ...running } = await listening('--ready-file', path.join(folder, 'url'));
    await statusOf(url, { method: 'POST', body: 'x', headers: signatureOf('x') });
    await stopped(running);
    expect(existsSync(path.join(folder, 'url'))).toBe(false);
  });
});

describe('a place that can’t be written', () => {
  /** A port that is in use during the test. */
  async function busyPort(): Promise<string> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.close();
    });
    return String((server.address() as AddressInfo).port);
  }

  test.each(['file/captured.ndjson', '.', 'link'])('is reported before the port is opened: %s', async place => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'file'), '');
    symlinkSync('file', path.join(folder, 'link'));
    const argv = ['listen', '--port', await busyPort(), '--ready-file', 'ready', '--save', place];
    const { exitCode, stdout, stderr } = await webhookCli(argv, { env, cwd: folder });
    expect({ exitCode, stdout }).toEqual({ exitCode: 74, stdout: '' });
    expect(stderr).toContain(`can't write to ${path.resolve(folder, place)}: `);
    expect(stderr).not.toContain('port');
    expect(existsSync(path.join(folder, 'ready'))).toBe(false);
    expect(readFileSync(path.join(folder, 'file'), 'utf8')).toBe('');
  });

  test.each([
    ['a port in use', ['--port', 'BUSY'], 74],
    ['a ready file that can’t be made', ['--port', '0', '--ready-file', 'missing/url'], 74],
    ['a program that was stopped', ['--port', '0', '--timeout', '1ms'], 1],
  ])('%s leaves no recording open', async (_, flags, code) => {
    const cwd = temporaryFolder();
    const port = await busyPort();
    const argv = ['listen', '--save', 'captured.ndjson', ...flags.map(flag => (flag === 'BUSY' ? port : flag))];
    expect((await webhookCli(argv, { env, cwd })).exitCode).toBe(code);
    expect(existsSync(path.join(cwd, 'captured.ndjson'))).toBe(true);
    expect(descriptors()).not.toContain(path.join(cwd, 'captured.ndjson'));
  });

  test('contradictory flags create no file', async () => {
    const cwd = temporaryFolder();
    const flags = ['--forward-to', 'http://127.0.0.1:1', '--respond', '500'];
    expect((await webhookCli(['listen', '--save', 'captured.ndjson', ...flags], { env, cwd })).exitCode).toBe(2);
    expect(existsSync(path.join(cwd, 'captured.ndjson'))).toBe(false);
  });

  test.each(['captured.har', 'CAPTURED.HAR'])('refuses %s, because HAR can’t be appended to', async name => {
    const { exitCode, stderr } = await webhookCli(['listen', '--save', name], { env, cwd: temporaryFolder() });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("can't append to a HAR file");
    expect(stderr).toContain('webhook-cli export --to har');
  });

  test.each([
    [['--fsync'], '--fsync needs --save'],
    [['--save', ''], '--save: the value is empty'],
  ])('refuses %s', async (flags, message) => {
    const { exitCode, stdout, stderr } = await webhookCli(['listen', '--port', '0', ...flags], { env });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
