import { once } from 'node:events';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemWords } from '../../src/errors.js';
import { createServer as createHttp2Server, createSecureServer, type Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { startServer } from '../sender/attempt.js';
import { createAuthority } from '../support/authority.js';
import { startReceiver } from '../support/receiver.js';
import { webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, env } from '../support/listening.js';

function folderWithThings(): string {
  const cwd = temporaryFolder();
  mkdirSync(path.join(cwd, 'folder'));
  writeFileSync(path.join(cwd, 'note.txt'), 'no request');
  writeFileSync(path.join(cwd, 'body.json'), approved);
  return cwd;
}

/** What people type when they don't know the flags, and the hint that helps. */
test.each<[line: string, exitCode: number, said: [message: string, hint: string]]>([
  ['verify folder', 65, ["can't read folder: it's a folder (EISDIR)", 'pass the files in it, as in folder/*']],
  ['replay folder/', 65, ["can't read folder/: it's a folder (EISDIR)", 'pass the files in it, as in folder/*']],
  ['sign folder', 65, ["can't read folder: it's a folder (EISDIR)", 'pass the files in it']],
  ['verify note.txt', 65, ["note.txt: this isn't a recording, a HAR file or a raw HTTP request", 'listen --save']],
  [
    'verify body.json',
    65,
    ['body.json: this is one event, without the request that carried it', '--body <file> --signature <hex>'],
  ],
  ['verify --signature 00', 2, ['--signature needs --body', 'a recording contains it; pass --body to verify one body']],
  ['verify --body body.json', 2, ['--body needs --signature', 'x-fin-signature']],
  ['send business-approved', 65, ["can't read business-approved: no such file", '--fixture business-approved']],
  ['send ON_HOLD', 65, ["can't read ON_HOLD: no such file", '--status ON_HOLD']],
  ['send http://localhost:1/', 65, ["can't read http://localhost:1/: no such file", 'with --url']],
  ['send nowhere/body.json', 65, ["can't read nowhere/body.json: no such file", 'is the path right']],
  ['send --fixture ./mine.json', 2, ['unknown fixture "./mine.json"', 'webhook-cli send ./mine.json']],
  ['send --fixture approved.json', 2, ['unknown fixture "approved.json"', 'webhook-cli send approved.json']],
  ['send --fixture aproved', 2, ['unknown fixture "aproved"', 'did you mean "approved"?']],
  ['send body.json --fixture approved', 2, ['--fixture and a file were given together', 'one kind at a time']],
  ['send -s APPROVED --url localhost:1', 2, ['--url: "localhost:1" is missing', 'did you mean "http://localhost:1"?']],
  ['send -s APPROVED --url 5880', 2, ['--url: "5880" is missing', 'did you mean "http://127.0.0.1:5880"?']],
  ['check http://0.0.0.0:3000/', 2, ['0.0.0.0 is an address to listen on', 'write 127.0.0.1 instead']],
  ['check http://[::]:3000/', 2, ['[::] is an address to listen on', 'write [::1] instead']],
  [
    'send -s APPROVED --url http://0.0.0.0:3000',
    2,
    ['--url: 0.0.0.0 is an address to listen on', 'write 127.0.0.1 instead'],
  ],
  ['send -s APPROVED --url http://[::]:3000', 2, ['--url: [::] is an address to listen on', 'write [::1] instead']],
  [
    'replay body.json',
    65,
    ['body.json: this is one event, without the request that carried it', '"webhook-cli send <file>" sends a body'],
  ],
  ['send -s APPROVED --show haeders', 2, ['--show: unknown part "haeders"', 'did you mean "headers"?']],
  ['send -s APPROVED,', 2, ['--status: "APPROVED," has an extra comma', 'single commas']],
  ['send -s APPROVED --timeout', 2, ['--timeout needs a value', '--timeout <duration>: Time limit for each attempt']],
  ['check --url http://localhost:1', 2, ['check has no --url', 'webhook-cli check <url>']],
  ['send --status', 2, ['--status needs a value', 'one or more of QUEUED, PROCESSING, REVIEWING, APPROVED']],
  ['send -e transaction.status --status', 2, ['--status needs a value', 'one or more of FUNDS_RECEIVED, ']],
  ['send --event', 2, ['--event needs a value', 'one of customer.status, customer.rfi, ']],
  ['send --algorithm', 2, ['--algorithm needs a value', 'one of sha256, sha384, sha512, sha1']],
  ['check --only', 2, ['--only needs a value', '--only <names>: Run only these cases']],
  ['send -status APPROVED', 2, ['unknown flag "-status"', 'did you mean --status APPROVED?']],
  ['send -fixture=approved', 2, ['unknown flag "-fixture"', 'did you mean --fixture approved?']],
  ['check http://localhost:1 -only valid', 2, ['unknown flag "-only"', 'did you mean --only valid?']],
  ['send -s APPROVED -json', 2, ['unknown flag "-json"', 'did you mean --json?']],
  ['send -help', 2, ['unknown flag "-help"', 'did you mean --help?']],
  ['send -secret-file hunter', 2, ['unknown flag "-secret-file"', 'did you mean --secret-file?']],
  ['send -secret hunter', 2, ["no flag takes a secret's value", 'put it in WEBHOOK_SECRET']],
  ['send --expect-s 401', 2, ['unknown flag "--expect-s"', 'did you mean "--expect-status"?']],
  [
    'send --expect 401',
    2,
    ['unknown flag "--expect"', 'did you mean "--expect-status", "--expect-header" or "--expect-body"?'],
  ],
  ['val body.json', 2, ['unknown command "val"', 'did you mean "validate"?']],
  ['check --only foo', 2, ['unknown case "foo"', 'webhook-cli check --list']],
  ['check --only json', 2, ['unknown case "json"', 'did you mean "json-null", "json-array"']],
  ['listen 4665', 2, ['listen takes no argument', 'did you mean --port 4665?']],
  ['listen http://localhost:3000', 2, ['listen takes no argument', 'did you mean --forward-to http://localhost:3000?']],
  ['listen app', 2, ['listen takes no argument', 'webhook-cli listen --help']],
  ['help snd', 2, ['unknown command "snd"', 'did you mean "send"?']],
])('webhook-cli %s', async (line, exitCode, [message, hint]) => {
  const result = await webhookCli(line.split(' '), { cwd: folderWithThings(), env });
  const [error = '', advice = ''] = result.stderr.split('\n').filter(each => /^(?:error|hint):/.test(each));
  expect(result.exitCode).toBe(exitCode);
  expect(error).toContain(`error: ${message}`);
  expect(advice).toMatch(/^hint: /);
  expect(advice).toContain(hint);
  expect(result.stderr).not.toContain('hunter');
});

test('An argument that looks like a long flag with one dash may be a value, or the value of a short flag.', async () => {
  const values = ['send', '-s', 'APPROVED', '--expect-body', '-status', '-H', '-json: 1', '--dry-run'];
  expect(await webhookCli(values, { env })).toMatchObject({ exitCode: 0 });
  expect(await webhookCli(['send', '-sapproved', '--dry-run'], { env })).toMatchObject({ exitCode: 0 });
});

test.each<[flags: string[], hint: string]>([
  [[], 'do both sides have the same secret (webhook-cli secret)?'],
  [['--unsigned'], 'it was unsigned, so the receiver has to refuse it\n'],
  [['--unsigned', '-H', 'x-fin-signature: 00'], 'do both sides have the same secret'],
  [
    ['--algorithm', 'sha512'],
    'does the receiver verify with sha512? some always use sha256; if it does, do both sides',
  ],
])('A delivery that gets a 401 with %j has a hint that fits.', async (flags, hint) => {
  const { url } = await startReceiver(response => response.writeHead(401).end());
  const { stdout } = await webhookCli(['send', '-f', 'approved', '--url', url, ...flags], { env });
  expect(stdout).toContain(`  hint: ${hint}`);
});

test('send after init, with nothing in .env, names the variable and the file.', async () => {
  const cwd = temporaryFolder();
  await webhookCli(['init', '--yes', '--url', 'http://127.0.0.1:1/', '--secret-from', 'dotenv'], { cwd });
  const { stderr, exitCode } = await webhookCli(['send', '-s', 'APPROVED'], { cwd });
  expect({ stderr, exitCode }).toEqual({
    stderr: 'error: WEBHOOK_SECRET is not set\nhint: put it in .env\n',
    exitCode: 2,
  });
});

test.each<[line: string, warning: string]>([
  [
    'send -s APPROVED --set customer_status=X --dry-run',
    "--set: customer_status isn't documented for customer.status; did you mean data.customer_status?",
  ],
  [
    'send -f approved --set data.event.id=X --dry-run',
    "--set: data.event.id isn't documented for customer.status; did you mean event.id?",
  ],
  ['generate --set meta.shard=1', "--set: meta.shard isn't documented for customer.status"],
  [
    'listen --port 0 --match customer_status=X --timeout 1ms',
    "--match: customer_status isn't documented for any event; did you mean data.customer_status?",
  ],
  ['replay post.http --match status=X', "--match: status isn't documented for any event; did you mean data.status?"],
])('webhook-cli %s warns about the path', async (line, warning) => {
  const cwd = folderWithThings();
  writeFileSync(path.join(cwd, 'post.http'), `POST / HTTP/1.1\r\nContent-Length: ${approved.length}\r\n\r\n`);
  appendFileSync(path.join(cwd, 'post.http'), approved);
  const { stderr } = await webhookCli(line.split(' '), { cwd, env });
  expect(stderr.split('\n')).toContain(`warning: ${warning}`);
});

test('replay says how many requests were checked if nothing matches.', async () => {
  const cwd = folderWithThings();
  writeFileSync(path.join(cwd, 'post.http'), 'POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}');
  const { stderr, exitCode } = await webhookCli(['replay', 'post.http', '--match', 'data.type=X'], { cwd, env });
  expect(exitCode).toBe(65);
  expect(stderr).toMatch(/^error: the only request doesn't match\nhint: --match takes a path/m);
});

test('System errors are explained in words, with the code for a search', () => {
  const words = ['EACCES', 'ENOENT', 'EXDEV'].map(code => systemWords(Object.assign(new Error(code), { code })));
  expect(words).toEqual(['no permission (EACCES)', 'no such file or folder (ENOENT)', 'the system says EXDEV']);
});

describe('for a receiver that', () => {
  const head = 'HTTP/1.1 200 OK\r\n';

  test.each([
    [
      'sends 20 KB of headers',
      `${head}x-long: ${'a'.repeat(20_000)}\r\n\r\n`,
      'sent more than 16 KiB of headers, which is the limit\nhint: does it set too many cookies',
    ],
    [
      'ends its status line with LF',
      'HTTP/1.1 200 OK\ncontent-length: 0\n\n',
      'sent an invalid response: its status line ends with LF instead of CRLF\nhint: fix how',
    ],
    [
      'ends a header line with LF',
      `${head}content-length: 0\nx-a: b\r\n\r\n`,
      'sent an invalid response: one of its header lines ends with LF instead of CRLF',
    ],
    [
      'ends the size of a chunk with LF',
      `${head}transfer-encoding: chunked\r\n\r\n1\na\r\n0\r\n\r\n`,
      'sent an invalid response: the size of a chunk ends with LF instead of CRLF',
    ],
  ])('%s, the message says what’s wrong', async (_, answer, words) => {
    const { url } = await startServer(socket => socket.write(answer));
    const { exitCode, stderr } = await webhookCli(['send', '-f', 'approved', '--url', url], { env });
    expect(exitCode).toBe(69);
    expect(stderr).toContain(`error: ${new URL(url).origin} ${words}`);
  });

  test.each(['http', 'https'])('speaks only HTTP/2, the message says so (%s)', async scheme => {
    const { key, certificate } = createAuthority().issue();
    const files = { key: readFileSync(key), cert: readFileSync(certificate) };
    const server: Http2Server = scheme === 'http' ? createHttp2Server() : createSecureServer(files);
    server.on('sessionError', () => undefined).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.close();
    });
    const url = `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const { exitCode, stderr } = await webhookCli(['send', '-f', 'approved', '--url', url], { env });
    expect(exitCode).toBe(69);
    expect(stderr).toContain("speaks HTTP/2, which this tool doesn't");
    expect(stderr).toContain('hint: enable HTTP/1.1 on it, too');
  });

  test('correctly refuses an unsigned request, the hint says so', async () => {
    const { url } = await startReceiver(response => response.writeHead(401).end());
    const refused = (...flags: string[]) => webhookCli(['send', '-f', 'approved', '--url', url, ...flags], { env });
    expect((await refused('--unsigned')).stdout).toContain('hint: it was unsigned');
    expect((await refused()).stdout).toContain('hint: do both sides have the same secret');
    expect((await refused('--unsigned', '-H', 'x-fin-signature: 00')).stdout).toContain('hint: do both sides');
  });
});

test('An IPv6 address is shown in its usual form', async () => {
  const { stderr } = await webhookCli(['check', 'http://[fd00::abcd]:1/'], { env });
  expect(stderr).toContain('error: http://[fd00::abcd]:1 is a remote receiver');
});
