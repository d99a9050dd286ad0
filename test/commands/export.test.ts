import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeRecord } from '../../src/capture/record.js';
import { readHar } from '../../src/capture/har.js';
import { readHttpMessage } from '../../src/capture/http-message.js';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { startReceiver } from '../support/receiver.js';

const bodies = [Buffer.from('{"a":1}'), Buffer.from([0xff, 0x00, 0x0d, 0x0a, 0xef, 0xbb, 0xbf]), Buffer.alloc(0)];

/** A recording of one request for each body. */
function recording(facts: { target?: string; host?: string } = {}, extra = ''): { cwd: string; file: string } {
  const cwd = temporaryFolder();
  const records = bodies.map((body, index) =>
    encodeRecord({
      ...{
        kind: 'request',
        id: String(index),
        seq: index + 1,
        receivedAt: '2026-01-18T09:08:18.663Z',
        complete: true,
        body,
      },
      ...{ method: 'POST', target: facts.target ?? '/hooks?x=1', httpVersion: '1.1' },
      headers: [
        ['Host', facts.host ?? 'receiver.test:8080'],
        ['X-Fin-Signature', 'aa'],
        ['Content-Length', String(body.length)],
      ],
    }),
  );
  writeFileSync(path.join(cwd, 'captured.ndjson'), Buffer.concat([...records, Buffer.from(extra)]));
  return { cwd, file: 'captured.ndjson' };
}

const documents = async (form: string, { cwd, file }: ReturnType<typeof recording>) => {
  const { exitCode, stdout, stderr } = await webhookCli(['export', file, '--to', form, '--json'], { cwd });
  return {
    exitCode,
    stderr,
    parts: reportsIn(stdout).map(({ documentBase64 }) => Buffer.from(String(documentBase64), 'base64')),
  };
};

test('HAR holds the very bytes of every body', async () => {
  const { parts } = await documents('har', recording());
  expect(parts.flatMap(readHar).map(({ body, fidelity }) => ({ body: Buffer.from(body), fidelity }))).toEqual(
    bodies.map(body => ({ body, fidelity: 'exact' })),
  );
});

test('raw HTTP is a message for each request', async () => {
  const { parts } = await documents('http', recording());
  const messages = parts.map(readHttpMessage);
  expect(messages.map(({ body }) => Buffer.from(body))).toEqual(bodies);
  expect(messages[0]).toMatchObject({ method: 'POST', target: '/hooks?x=1', fidelity: 'exact' });
  expect(messages[0]?.headers).toContainEqual(['X-Fin-Signature', 'aa']);
});

test('curl sends the same bytes to the host that was recorded', async () => {
  const { url, received } = await startReceiver();
  const { parts } = await documents('curl', recording({ host: new URL(url).host }));
  const lines = parts.map(String);
  expect(lines[0]).toContain(`${url}hooks?x=1`);
  const { spawn } = await import('node:child_process');
  for (const line of lines) {
    const child = spawn('bash', ['-c', line], { stdio: 'ignore' });
    await new Promise(resolve => child.once('exit', resolve));
  }
  expect(received.map(({ body }) => body)).toEqual(bodies);
});

describe('a hostile recording', () => {
  test.each([
    ['//evil.test/x', 'http://receiver.test:8080//evil.test/x'],
    ['http://evil.test/x?y', 'http://receiver.test:8080/x?y'],
    ['*', 'http://receiver.test:8080/'],
  ])('names the target %s, which stays on its host', async (target, url) => {
    const { parts } = await documents('curl', recording({ target }));
    expect(String(parts[0]).trimEnd().split(' ').at(-1)?.replaceAll("'", '')).toBe(url);
  });

  test('has a host that is none, and can inject nothing into a shell', async () => {
    const { parts } = await documents('curl', recording({ host: "x';touch hacked;'" }));
    const line = String(parts[0]);
    expect(line.trimEnd()).toMatch(/'?http:\/\/localhost\/hooks\?x=1'?$/);
    expect(spawnSync('bash', ['-n', '-c', line]).status).toBe(0);
    expect(line).not.toContain('hacked');
  });
});

test('what is damaged is left out, and said', async () => {
  const { exitCode, stderr, parts } = await documents('http', recording({}, '\n{"v":1,"end":true}\n{"v":1,'));
  expect(exitCode).toBe(65);
  expect(parts).toHaveLength(3);
  expect(stderr).toContain("a record is corrupt, and is left out: it isn't a record");
  expect(stderr).toContain('a record was never finished, and is left out');
});

test.each([
  [['export', 'missing.ndjson', '--to', 'har'], 65, "can't read missing.ndjson (ENOENT)"],
  [['export', 'empty', '--to', 'har'], 65, 'there is no request in it'],
  [['export', 'empty'], 2, '--to is missing'],
  [['export', 'empty', '--to', 'pdf'], 2, 'one of har, http, curl'],
  [['export', '--to', 'har'], 2, 'export needs a file'],
])('%j is %i', async (line, code, words) => {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'empty'), '');
  const { exitCode, stderr } = await webhookCli(line, { cwd });
  expect({ exitCode, stderr }).toEqual({ exitCode: code, stderr: expect.stringContaining(words) as string });
});
