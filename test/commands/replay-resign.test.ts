import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Host } from '../../src/cli/host.js';
import { encodeRecord, type RecordFacts } from '../../src/recording/record.js';
import { pairsOf } from '../../src/http/header.js';
import { verify } from '../support/fin.js';
import { createSecret } from '../../src/scheme/secret.js';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, env, signatureOf } from '../support/listening.js';
import { startReceiver, type Received } from '../support/receiver.js';

const record = (facts: Partial<RecordFacts> = {}) =>
  encodeRecord({
    ...{ kind: 'request', id: 'r', seq: 1, receivedAt: '2026-01-31T09:30:00.000Z', method: 'POST', target: '/' },
    ...{ complete: true, body: approved, headers: [['X-Kept', 'yes'], ['X-Fin-Signature', 'ab'.repeat(32)], ['X-FIN-Signature-Algorithm', 'SHA1']], ...facts },
  }); // prettier-ignore

/** The result of replaying a recording of these records. */
const replay = (records: readonly Uint8Array[], ...flags: string[]) => replayOn({ env }, records, ...flags);

async function replayOn(surroundings: Partial<Host>, records: readonly Uint8Array[], ...flags: string[]) {
  const { url, received } = await startReceiver();
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'captured.ndjson'), Buffer.concat(records));
  const run = await webhookCli(['replay', 'captured.ndjson', '--json', '--url', url, ...flags], {
    cwd,
    ...surroundings,
  });
  return { ...run, received };
}

const judge = ({ body, rawHeaders }: Received, secret = env.WEBHOOK_SECRET) =>
  verify(body, pairsOf(rawHeaders), [createSecret(Buffer.from(secret), '')]);

interface Event {
  event: { id: string };
}

const eventOf = ({ body }: { body: Uint8Array }) => JSON.parse(Buffer.from(body).toString()) as Event;
const original = eventOf({ body: approved });

describe('--resign', () => {
  test('signs the same bytes with the current secret, replacing the recorded signature', async () => {
    const { exitCode, stderr, received } = await replay([record()], '--resign');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const [request] = received;
    expect(request?.body).toEqual(approved);
    const names = pairsOf(request?.rawHeaders ?? []).filter(([name]) => /^x-/i.test(name));
    expect(names).toEqual([
      ['X-Kept', 'yes'],
      ['x-fin-signature', signatureOf(approved)['x-fin-signature']],
      ['x-fin-signature-algorithm', 'sha256'],
    ]);
  });

  test.each(['sha256', 'sha384', 'sha512'])('signs with %s on request', async algorithm => {
    const { exitCode, stdout, received } = await replay([record()], '--resign', '--algorithm', algorithm);
    expect(exitCode).toBe(0);
    expect(received.map(request => judge(request))).toMatchObject([{ valid: true, algorithm }]);
    expect(reportsIn(stdout)[0]).toMatchObject({ type: 'sent', algorithm });
  });

  test('reports the use of the development secret', async () => {
    const surroundings = { env: {}, homeDirectory: temporaryFolder() };
    const { exitCode, stderr, received } = await replayOn(surroundings, [record()], '--resign');
    const message = 'signed with the development secret, which only this machine knows';
    expect({ exitCode, warnings: reportsIn(stderr) }).toEqual({
      exitCode: 0,
      warnings: [{ type: 'warning', message }],
    });
    expect(received).toHaveLength(1);
  });

  test('uses the first secret of a file', async () => {
    const file = path.join(temporaryFolder(), 'secrets');
    writeFileSync(file, 'new_secret\nold_secret\n', { mode: 0o600 });
    const { exitCode, received } = await replay([record()], '--resign', '--secret-file', file);
    expect(exitCode).toBe(0);
    expect(received.map(request => judge(request, 'new_secret'))).toMatchObject([{ valid: true }]);
  });

  test('signs a request that had no signature', async () => {
    const { received } = await replay([record({ headers: [] })], '--resign');
    expect(received.map(request => judge(request))).toMatchObject([{ valid: true }]);
  });

  test('drops duplicate recorded signatures', async () => {
    const headers = [['x-fin-signature', '1'], ['X-FIN-SIGNATURE', '2']] as const; // prettier-ignore
    const { received } = await replay([record({ headers })], '--resign');
    expect(received.map(request => judge(request))).toMatchObject([{ valid: true }]);
  });

  test('needs a secret, and sends nothing without one', async () => {
    const { url, received } = await startReceiver();
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, 'captured.ndjson'), record());
    const line = ['replay', 'captured.ndjson', '--url', url, '--resign', '--secret-env', 'NO_SUCH'];
    const { exitCode, stderr } = await webhookCli(line, { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('the variable named by --secret-env is not set');
    expect(received).toEqual([]);
  });

  test('sends no signature of the development secret to a remote receiver', async () => {
    const line = ['replay', 'missing.ndjson', '--resign', '--allow-remote', '--url', 'https://receiver.invalid/'];
    const { exitCode, stderr } = await webhookCli(line);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('no signing secret for https://receiver.invalid');
  });
});

describe('--fresh', () => {
  test('gives each event a new id, changes nothing else, and signs that', async () => {
    const { exitCode, received } = await replay([record(), record(), record()], '--resign', '--fresh');
    expect(exitCode).toBe(0);
    const ids = received.map(request => eventOf(request).event.id);
    expect(new Set([...ids, original.event.id]).size).toBe(4);
    for (const [index, request] of received.entries()) {
      expect(ids[index]).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
      expect(judge(request)).toMatchObject({ valid: true });
      const { event, ...rest } = eventOf(request);
      expect({ ...rest, event: { ...event, id: original.event.id } }).toEqual(original);
    }
  });

  test('reports the new id', async () => {
    const { stdout, received } = await replay([record()], '--resign', '--fresh');
    expect(received.map(request => eventOf(request).event.id)).toEqual(
      reportsIn(stdout).flatMap(report => (report['type'] === 'sent' ? [(report as unknown as Event).event.id] : [])),
    );
  });

  test.each(['{"event":{}}', '{"data":{"id":"x"}}', '[]', 'null', '{"event":"id"}', 'Dear diary', ''])(
    'of a body without an event id, such as %j, gives exit code 65, and the others are sent',
    async text => {
      const bodies = [record(), record({ body: Buffer.from(text) }), record()];
      const { exitCode, stdout, stderr, received } = await replay(bodies, '--resign', '--fresh');
      expect(exitCode).toBe(65);
      expect(received).toHaveLength(2);
      expect(reportsIn(stderr)).toEqual([
        { type: 'error', code: 'input', message: 'captured.ndjson 2: its body has no event id to replace' },
      ]);
      expect(reportsIn(stdout).at(-1)).toEqual({ type: 'summary', asked: 3, expected: 2, unexpected: 0, failed: 1 });
    },
  );
});

describe('without --resign there is nothing to sign: exit code 2, and nothing is sent', () => {
  test.each([
    { flags: ['--fresh'], name: '--fresh' },
    { flags: ['--algorithm', 'sha512'], name: '--algorithm' },
    { flags: ['--secret-file', 'secret'], name: '--secret-file' },
    { flags: ['--secret-env', 'SECRET'], name: '--secret-env' },
  ])('$name', async ({ flags, name }) => {
    const { exitCode, stdout, stderr, received } = await replay([record()], ...flags);
    expect({ exitCode, stdout, received }).toEqual({ exitCode: 2, stdout: '', received: [] });
    expect(reportsIn(stderr)).toMatchObject([{ code: 'usage', message: `${name} needs --resign` }]);
  });
});
