import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { schemes } from '../../src/scheme/schemes.js';
import { createSecret } from '../../src/scheme/secret.js';
import { reportsIn, root, webhookCli } from '../support/cli.js';
import { environmentOf } from '../support/by-scheme.js';
import { listeningOn, terminal } from '../support/in-words.js';
import { approved, env, listening, listeningWith, signatureOf, signed, statusOf } from '../support/listening.js';

describe('an expectation', () => {
  const customer = 'data.customer_id=6b042125-686a-43e0-8a68-23cf5bee102e';

  test('ends with 0 once enough verified events arrived', async () => {
    const { url, ended } = await listening('--count', '2');
    await statusOf(url, signed(approved, 'other'));
    await statusOf(url, signed(approved));
    await statusOf(url, signed(approved));
    const { exitCode, stdout } = await ended;
    expect(exitCode).toBe(0);
    expect(reportsIn(stdout).at(-1)).toMatchObject({
      received: 3,
      accepted: 2,
      refused: 1,
      matched: 2,
      expected: 2,
      unmet: [],
    });
  });

  test('with --distinct counts each event once, and reports the repeats', async () => {
    const { url, ended } = await listening('--count', '3', '--distinct');
    const bodies = ['a', 'b', 'c'].map(id => approved.toString().replace('017995f9-68ba', `017995f9-68b${id}`));
    expect(new Set(bodies).size).toBe(3);
    for (const index of [0, 1, 0, 0, 1, 2]) expect(await statusOf(url, signed(bodies[index]!))).toBe(200);
    const { exitCode, stdout } = await ended;
    expect(exitCode).toBe(0);
    expect(reportsIn(stdout).at(-1)).toMatchObject({
      received: 6,
      accepted: 6,
      matched: 3,
      repeated: 3,
      distinct: 3,
      expected: 3,
    });
  });

  test('with --distinct prints how many ids there were, and how many repeats', async () => {
    const { stdout, shown } = terminal(100);
    const { url, ended } = await listeningOn(stdout, '--count', '2', '--distinct');
    const other = approved.toString().replace('017995f9-68ba', '017995f9-68bb');
    for (const body of [approved, approved, other]) expect(await statusOf(url, signed(body))).toBe(200);
    expect((await ended).exitCode).toBe(0);
    expect(shown()).toContain('3 accepted, 0 refused, 2 distinct ids, 1 repeated (2xx: 3), 2 as expected');
  });

  test('with --distinct distinguishes long ids in a header, and counts each event without an id', async () => {
    const scheme = schemes.github;
    const { url, ...running } = await listeningWith(environmentOf('github'), '--scheme', 'github', '--count', '5', '--distinct'); // prettier-ignore
    const secret = createSecret(Buffer.from(environmentOf('github').WEBHOOK_SECRET), '', scheme.secrets);
    const body = Buffer.from('{}');
    const long = 'x'.repeat(200);
    for (const id of [`${long}1`, `${long}2`, `${long}1`, 'y', undefined, undefined]) {
      const headers = scheme.sign({ method: 'POST', headers: [], body }, { secret, now: new Date(), id: id ?? 'none' });
      const own = headers.filter(([name]) => id !== undefined || name !== 'x-github-delivery');
      expect(await statusOf(url, { method: 'POST', body, headers: Object.fromEntries(own) })).toBe(200);
    }
    const { exitCode, stdout } = await running.ended;
    expect(exitCode).toBe(0);
    expect(reportsIn(stdout).at(-1)).toMatchObject({ accepted: 6, matched: 5, repeated: 1, distinct: 3 });
  });

  test('without --distinct counts each delivery, and --distinct needs a --count', async () => {
    const { url, ended } = await listening('--count', '2');
    for (let sent = 0; sent < 2; sent += 1) await statusOf(url, signed(approved));
    expect(reportsIn((await ended).stdout).at(-1)).toMatchObject({ matched: 2, repeated: 0 });
    const { exitCode, stderr } = await webhookCli(['listen', '--port', '0', '--distinct'], { env });
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--distinct needs --count') as string }); // prettier-ignore
  });

  test('treats the same path twice as alternatives, and different paths as conditions', async () => {
    const status = ['--match', 'data.customer_status=REJECTED', '--match', 'data.customer_status=APPROVED'];
    const { url, ended } = await listening(...status, '--match', customer);
    const other = readFileSync(path.join(root, 'fixtures/events/business-approved.json'));
    await statusOf(url, signed(other));
    await statusOf(url, signed(approved));
    const { exitCode, stdout } = await ended;
    expect(exitCode).toBe(0);
    expect(reportsIn(stdout).at(-1)).toMatchObject({ accepted: 2, matched: 1, expected: 1 });
  });

  test('ends with 1 when the time runs out, and says what was missing', async () => {
    const { exitCode, stdout } = await webhookCli(
      [
        'listen',
        '--port',
        '0',
        '--timeout',
        '100ms',
        '--count',
        '2',
        '--match',
        'data.type=BUSINESS',
        '--match',
        'data.type=OTHER',
      ],
      { env },
    );
    expect(exitCode).toBe(1);
    expect(stdout).toContain('missing: 2 of 2 verified events with data.type=BUSINESS or OTHER');
  });

  test('finds no keys in a path that weren’t sent', async () => {
    const { url, ended } = await listening('--match', 'data.constructor.name=Object', '--timeout', '300ms');
    await statusOf(url, signed(approved));
    expect((await ended).exitCode).toBe(1);
  });
});

describe('start and end', () => {
  test('reports a port in use with exit code 74 and what to do', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { exitCode, stderr } = await webhookCli(['listen', '--port', String(port)], { env });
    server.close();
    expect(exitCode).toBe(74);
    expect(stderr).toBe(
      `error: port ${port} is in use on 127.0.0.1\nhint: stop the program that listens there, or pass --port 0 for any free port\n`,
    );
  });

  test('needs the user’s own secret for an address beyond loopback', async () => {
    const { exitCode, stderr } = await webhookCli(['listen', '--port', '0', '--host', '0.0.0.0']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('no signing secret for 0.0.0.0');
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s lets requests in flight finish, and ends with %i', async (signal, code) => {
    const { url, stop, ended } = await listening();
    const client = request(url, { method: 'POST', headers: { ...signatureOf(approved), expect: '100-continue' } });
    client.flushHeaders();
    await once(client, 'continue');
    stop(signal);
    client.end(approved);
    const [{ statusCode }] = (await once(client, 'response')) as [IncomingMessage];
    expect(statusCode).toBe(200);
    const { exitCode, stdout } = await ended;
    expect(exitCode).toBe(code);
    expect(reportsIn(stdout).at(-1)).toMatchObject({ type: 'summary', accepted: 1 });
  });
});
