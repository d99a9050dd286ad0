import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Har } from 'har-format';
import { describe, expect, test } from 'vitest';
import { pairsOf } from '../../src/http/header.js';
import { encodeRecord } from '../../src/recording/record.js';
import type { Header } from '../../src/http/header.js';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { terminal } from '../support/in-words.js';
import { startReceiver } from '../support/receiver.js';
import { harRequests, httpRequest } from '../support/recording.js';

const bodies = [Buffer.from('{"a":1}'), Buffer.from([0xff, 0x00, 0x0d, 0x0a, 0xef, 0xbb, 0xbf]), Buffer.alloc(0)];

/** A recording with one request for each body. */
function recording(
  facts: { method?: string; target?: string; host?: string; headers?: Header[] } = {},
  extra = '',
): { cwd: string; file: string } {
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
      ...{ method: facts.method ?? 'POST', target: facts.target ?? '/hooks?x=1', httpVersion: '1.1' },
      headers: [
        ['Host', facts.host ?? 'receiver.test:8080'],
        ['X-Fin-Signature', 'aa'],
        ['Content-Length', String(body.length)],
        ...(facts.headers ?? []),
      ],
    }),
  );
  writeFileSync(path.join(cwd, 'captured.ndjson'), Buffer.concat([...records, Buffer.from(extra)]));
  return { cwd, file: 'captured.ndjson' };
}

const runInShell = async (line: string): Promise<void> => {
  await once(spawn('sh', ['-c', line], { stdio: 'ignore' }), 'exit');
};

const documents = async (form: string, { cwd, file }: ReturnType<typeof recording>) => {
  const { exitCode, stdout, stderr } = await webhookCli(['export', file, '--to', form, '--json'], { cwd });
  return {
    exitCode,
    stderr,
    parts: reportsIn(stdout).map(({ documentBase64 }) => Buffer.from(String(documentBase64), 'base64')),
  };
};

test('HAR contains the exact bytes of every body', async () => {
  const { parts } = await documents('har', recording());
  expect(
    harRequests(Buffer.concat(parts)).map(({ body, fidelity }) => ({ body: Buffer.from(body), fidelity })),
  ).toEqual(bodies.map(body => ({ body, fidelity: 'exact' })));
});

test('HAR contains the response to each request with its exact bytes, and can be read back', async () => {
  const { cwd, file } = recording();
  const answers = [Buffer.from('{"é":true}'), Buffer.from([0xff, 0x00, 0x0a])];
  const replies = answers.map((body, index) =>
    encodeRecord({
      ...{ kind: 'reply', id: `r${index}`, of: String(index), seq: index + 1, receivedAt: '2026-01-18T09:08:19.000Z' },
      ...{ status: 201 + index, headers: [['Content-Type', 'text/x'], ['Location', '/y']], body, complete: index === 0 }, // prettier-ignore
      verdict: { milliseconds: 12.5 },
    }),
  );
  appendFileSync(path.join(cwd, file), Buffer.concat(replies));
  const { parts, exitCode, stderr } = await documents('har', { cwd, file });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const { log } = JSON.parse(Buffer.concat(parts).toString()) as Har;
  expect(log.entries.map(({ response, time }) => [response.status, response.statusText, time])).toEqual([
    [201, 'Created', 12.5],
    [202, 'Accepted', 12.5],
    [0, '', 0],
  ]);
  expect(log.entries[0]!.response).toMatchObject({
    ...{ headers: [{ name: 'Content-Type', value: 'text/x' }, { name: 'Location', value: '/y' }], redirectURL: '/y' }, // prettier-ignore
    ...{ content: { size: 11, mimeType: 'text/x', text: '{"é":true}' }, bodySize: 11 },
  });
  const read = harRequests(Buffer.concat(parts)).map(({ answer }) => answer && { ...answer, body: Buffer.from(answer.body) }); // prettier-ignore
  expect(read).toMatchObject([{ body: answers[0], isWhole: true }, { body: answers[1], isWhole: false }, undefined]);
  writeFileSync(path.join(cwd, 'again.har'), Buffer.concat(parts));
  const again = await documents('har', { cwd, file: 'again.har' });
  expect(Buffer.concat(again.parts)).toEqual(Buffer.concat(parts));
});

test('a long HAR file is written in parts that form one document', async () => {
  const { cwd, file } = recording();
  const once = readFileSync(path.join(cwd, file));
  writeFileSync(path.join(cwd, file), Buffer.concat(Array.from({ length: 400 }, () => once)));
  const { parts } = await documents('har', { cwd, file });
  expect(parts.length).toBeGreaterThan(2);
  expect(harRequests(Buffer.concat(parts))).toHaveLength(1200);
});

test('a body that HAR can’t hold is left out, but not the others', async () => {
  const { cwd, file } = recording();
  const large = encodeRecord({
    ...{ kind: 'request', id: 'large', seq: 4, receivedAt: '2026-01-18T09:08:18.663Z', complete: true, headers: [] },
    ...{ method: 'POST', target: '/', body: Buffer.alloc(64 * 1024 * 1024 + 1, 'x') },
  });
  appendFileSync(path.join(cwd, file), large);
  const { exitCode, stderr, parts } = await documents('har', { cwd, file });
  expect(exitCode).toBe(65);
  expect(stderr).toContain('a body of 67108865 bytes is too large for HAR');
  expect(harRequests(Buffer.concat(parts))).toHaveLength(3);
});

test('raw HTTP has one message for each request', async () => {
  const { parts } = await documents('http', recording());
  const messages = parts.map(httpRequest);
  expect(messages.map(({ body }) => Buffer.from(body))).toEqual(bodies);
  expect(messages[0]).toMatchObject({ method: 'POST', target: '/hooks?x=1', fidelity: 'exact' });
  expect(messages[0]?.headers).toContainEqual(['X-Fin-Signature', 'aa']);
});

test('curl sends the same bytes to the host that was recorded', async () => {
  const { url, received } = await startReceiver();
  const { parts } = await documents('curl', recording({ host: new URL(url).host }));
  const lines = parts.map(String);
  expect(lines[0]).toContain(`${url}hooks?x=1`);
  for (const line of lines) await runInShell(line);
  expect(received.map(({ body }) => body)).toEqual(bodies);
});

describe('every target stays the same, byte for byte,', () => {
  const targets = ['/a/../b', '/./a/..', '/%2e%2e/x', '/a\\b', `/"'\`<>^|$(id)`, '/{a,b}[1-3]?{}', '/x?', '/?', '/x?a=\'"#f', '/%zz%%s', '//x/', '/x;y', '*']; // prettier-ignore

  test.each([...targets, '/\xe9?\xff%d\\n'])('in raw HTTP: %s', async target => {
    const { parts } = await documents('http', recording({ target }));
    expect(parts.map(httpRequest).map(message => message.target)).toEqual([target, target, target]);
  });

  test('when curl sends it', async () => {
    const { url, received } = await startReceiver();
    for (const target of targets) {
      const { parts } = await documents('curl', recording({ target, host: new URL(url).host }));
      await runInShell(String(parts[0]));
    }
    expect(received.map(({ target }) => target)).toEqual(targets);
  });

  test('and so do headers with bytes beyond ASCII', async () => {
    const { url, received } = await startReceiver();
    const headers: Header[] = [['x-odd', '\xe9\xff \t%s\\101\'"'], ['-x', '\xe9']]; // prettier-ignore
    const { parts } = await documents('curl', recording({ headers, host: new URL(url).host }));
    expect(String(parts[0])).toMatch(/^[\x20-\x7e]+\n$/);
    await runInShell(String(parts[0]));
    expect(pairsOf(received[0]!.rawHeaders)).toEqual(expect.arrayContaining(headers));
  });
});

describe('a hostile recording', () => {
  test.each([
    ['//evil.test/x', 'http://receiver.test:8080//evil.test/x'],
    ['http://evil.test/x?y', 'http://receiver.test:8080/x?y'],
    ['/\\evil.test', '--request-target /\\evil.test http://receiver.test:8080/'],
    ['evil.test:80', '--request-target evil.test:80 http://receiver.test:8080/'],
    ['*', '--request-target * http://receiver.test:8080/'],
  ])('names the target %s, which stays on its host', async (target, place) => {
    const { parts } = await documents('curl', recording({ target }));
    expect(String(parts[0]).trimEnd().replaceAll("'", '').endsWith(` ${place}`)).toBe(true);
  });

  test('has a method with shell syntax, which is not executed', async () => {
    const { parts } = await documents('curl', recording({ method: "X|id`id`'&" }));
    expect(String(parts[0])).toContain(` -X 'X|id\`id\`'\\''&' `);
  });

  test.each(['har', 'http', 'curl'])('shows nothing that a terminal would act on, as %s', async form => {
    const { cwd, file } = recording({ headers: [['x-hostile', '\u009b31m::error::x']] });
    const body = Buffer.from('\u001b[2J\u009b31m\n::error::x\u202e');
    writeFileSync(
      path.join(cwd, 'hostile.http'),
      Buffer.concat([Buffer.from(`POST / HTTP/1.1\r\ncontent-length: ${body.length}\r\n\r\n`), body]),
    );
    for (const name of [file, 'hostile.http']) {
      const { stdout, shown } = terminal(80);
      const { exitCode } = await webhookCli(['export', name, '--to', form], { cwd, stdout });
      expect(exitCode).toBe(0);
      expect(shown()).not.toMatch(/[^\n\x20-\x7e\ufffd]|^::|##/m);
      expect(shown()).toMatch(/\n$/);
    }
  });

  test.each<[string, Parameters<typeof recording>[0]]>([
    ['method', { method: 'POST / HTTP/1.1\r\nx:' }],
    ['method', { method: '' }],
    ['target', { target: '/ HTTP/1.1\r\nx: 1\r\n' }],
    ['target', { target: '' }],
    ['target', { target: '/\u{1f600}' }],
    ['header', { headers: [['x', '1\r\ny: 2']] }],
    ['header', { headers: [['x: 1\r\ny', '2']] }],
  ])('has a %s that HTTP doesn’t allow, and it’s left out: %j', async (_, facts) => {
    for (const form of ['http', 'curl']) {
      const { exitCode, stderr, parts } = await documents(form, recording(facts));
      expect({ exitCode, parts }).toEqual({ exitCode: 65, parts: [] });
      expect(stderr).toContain("captured.ndjson 3: its method, target or one of its headers isn't valid in HTTP, so it is left out"); // prettier-ignore
    }
  });

  test('has an invalid host, which can’t inject anything into a shell', async () => {
    const { parts } = await documents('curl', recording({ host: "x';touch hacked;'" }));
    const line = String(parts[0]);
    expect(line.trimEnd()).toMatch(/'?http:\/\/localhost\/hooks\?x=1'?$/);
    expect(spawnSync('bash', ['-n', '-c', line]).status).toBe(0);
    expect(line).not.toContain('hacked');
  });
});

test('damaged records are left out and reported', async () => {
  const { exitCode, stderr, parts } = await documents('http', recording({}, '\n{"v":1,"end":true}\n{"v":1,'));
  expect(exitCode).toBe(65);
  expect(parts).toHaveLength(3);
  expect(stderr).toContain("a record is corrupt, and is left out: it isn't a record");
  expect(stderr).toContain('a record was never finished, and is left out');
});

test.each([
  [['export', 'missing.ndjson', '--to', 'har'], 65, "can't read missing.ndjson: no such file or folder (ENOENT)"],
  [['export', 'empty', '--to', 'har'], 65, 'there is no request in it'],
  [['export', 'empty'], 2, '--to is missing'],
  [['export', 'empty', '--to', 'pdf'], 2, 'one of har, http, curl'],
  [['export', '--to', 'har'], 2, 'export needs a file'],
])('%j gives exit code %i', async (line, code, words) => {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'empty'), '');
  const { exitCode, stderr } = await webhookCli(line, { cwd });
  expect({ exitCode, stderr }).toEqual({ exitCode: code, stderr: expect.stringContaining(words) as string });
});
