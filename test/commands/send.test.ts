import { createHmac } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { root, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { startReceiver } from '../support/receiver.js';

const env = { WEBHOOK_SECRET: 'test_secret' };
const hmac = (body: Uint8Array, algorithm = 'sha256') =>
  createHmac(algorithm, 'test_secret').update(body).digest('hex');

const parse = (body: Buffer | undefined) =>
  JSON.parse(String(body)) as { event: Record<string, unknown>; data: Record<string, unknown> };

describe('sends', () => {
  test('a generated event with a signature over its exact bytes', async () => {
    const { url, received } = await startReceiver();
    const { exitCode, stdout, stderr } = await webhookCli(['send', '--status', 'approved', '--url', url], { env });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const [{ method, headers, body } = received[0]!] = received;
    expect(method).toBe('POST');
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'webhook-cli/0.0.0',
      'x-fin-signature': hmac(body),
      'x-fin-signature-algorithm': 'sha256',
    });
    expect(parse(body)).toMatchObject({ event: { type: 'customer.status' }, data: { customer_status: 'APPROVED' } });
    expect(stdout).toMatch(
      /^→ customer\.status {2}APPROVED {2}[0-9a-f]{8} {2}POST http:\/\/127.0.0.1:\d+\/\n← 200 OK {2}\d+ ms\n$/,
    );
  });

  test('several statuses of one customer, in order, with increasing times', async () => {
    const { url, received } = await startReceiver();
    const { stdout } = await webhookCli(['send', '--status', 'QUEUED,REVIEWING,APPROVED', '--url', url], { env });
    const events = received.map(({ body }) => parse(body));
    expect(events.map(({ data }) => data['customer_status'])).toEqual(['QUEUED', 'REVIEWING', 'APPROVED']);
    expect(new Set(events.map(({ data }) => data['customer_id'])).size).toBe(1);
    const times = events.map(({ event }) => String(event['created_at']));
    expect(times).toEqual([...new Set(times)].sort());
    expect(stdout).toContain('✔ 3 of 3 as expected');
  });

  test('the same requests for the same seed and time', async () => {
    const { url, received } = await startReceiver();
    const line = [
      'send',
      '--status',
      'QUEUED,REJECTED',
      '--type',
      'business',
      '--seed',
      '7',
      '--now',
      '2026-01-31T09:30:00Z',
      '--url',
      url,
    ];
    await webhookCli(line, { env });
    await webhookCli(line, { env });
    const [first, second, ...again] = received.map(({ body, rawHeaders }) => ({ body, rawHeaders }));
    expect(again).toEqual([first, second]);
    expect(parse(first?.body).data['business_name']).toBeTypeOf('string');
  });

  test('a fixture as it ships', async () => {
    const { url, received } = await startReceiver();
    await webhookCli(['send', '--fixture', 'approved', '--fixture', 'trimmed', '--url', url], { env });
    const shipped = ['approved', 'trimmed'].map(name =>
      readFileSync(path.join(root, 'fixtures/events', `${name}.json`)),
    );
    expect(received.map(({ body }) => body)).toEqual(shipped);
  });

  test('a fixture with another customer, id and time', async () => {
    const { url, received } = await startReceiver();
    await webhookCli(
      ['send', '-f', 'on-hold', '--customer', 'c-1', '--seed', '4', '--now', '2026-02-03', '--url', url],
      { env },
    );
    const { event, data } = parse(received[0]?.body);
    expect(event).toMatchObject({ event_reference_id: 'c-1', created_at: '2026-02-03T00:00:00.000000Z' });
    expect(event['id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(data).toMatchObject({ customer_id: 'c-1', customer_status: 'ON_HOLD' });
  });

  test.each([
    ['FF, NUL, BOM and CRLF', Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0x00, 0x0d, 0x0a])],
    ['nothing', Buffer.alloc(0)],
    ['a MiB', Buffer.alloc(1024 * 1024, 0xfe)],
  ])('a file with %s byte for byte, with a warning', async (_, bytes) => {
    const { url, received } = await startReceiver();
    const file = path.join(temporaryFolder(), 'body');
    writeFileSync(file, bytes);
    const { exitCode, stderr } = await webhookCli(['send', file, '--url', url], { env });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^warning: .* isn't a valid event, but is sent unchanged: the body isn't (?:UTF-8|JSON)\n$/);
    expect(received[0]?.body.equals(bytes)).toBe(true);
    expect(received[0]?.headers['x-fin-signature']).toBe(hmac(bytes));
  });

  test('standard input byte for byte', async () => {
    const { url, received } = await startReceiver();
    const body = readFileSync(path.join(root, 'fixtures/vectors/full_2026-01.pretty2.json'));
    const { stderr } = await webhookCli(['send', '-', '--url', url], { env, stdin: Readable.from([body]) });
    expect(stderr).toBe('');
    expect(received[0]?.body).toEqual(body);
  });

  test('the user’s own headers instead of the usual ones', async () => {
    const { url, received } = await startReceiver();
    await webhookCli(
      ['send', '-f', 'approved', '-H', 'X-Trace:  42 ', '-H', 'Content-Type: text/plain', '--url', url],
      { env },
    );
    expect(received[0]?.rawHeaders).toEqual(expect.arrayContaining(['X-Trace', '42', 'Content-Type', 'text/plain']));
    expect(received[0]?.rawHeaders.filter(name => name.toLowerCase() === 'content-type')).toHaveLength(1);
  });

  test.each(['sha384', 'sha512'])('--algorithm %s signs with it and names it', async algorithm => {
    const { url, received } = await startReceiver();
    await webhookCli(['send', '-f', 'approved', '--algorithm', algorithm, '--url', url], { env });
    const [{ headers, body } = received[0]!] = received;
    expect(headers).toMatchObject({ 'x-fin-signature': hmac(body, algorithm), 'x-fin-signature-algorithm': algorithm });
  });

  test('--unsigned needs no secret, and lets users sign themselves', async () => {
    const { url, received } = await startReceiver();
    const line = ['send', '-f', 'approved', '--unsigned', '-H', 'x-fin-signature: mine', '--url', url];
    expect(await webhookCli(line)).toMatchObject({ exitCode: 0 });
    expect(received[0]?.headers['x-fin-signature']).toBe('mine');
    expect(received[0]?.headers).not.toHaveProperty('x-fin-signature-algorithm');
  });
});
