import { spawnSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { curlCommand } from '../../src/sender/formats/curl.js';
import type { Header } from '../../src/http/header.js';
import { startReceiver, type Received } from '../support/receiver.js';

const commandFor = (
  body: Uint8Array | string,
  { headers = [], flags = [] }: { headers?: readonly Header[]; flags?: string[] } = {},
  url = 'http://localhost:3000/',
): string => curlCommand({ method: 'POST', url: new URL(url), headers, body: Buffer.from(body) }, { flags });

/** What a receiver gets when a shell runs the printed command. */
async function heard(body: Uint8Array, headers: readonly Header[] = [], path = ''): Promise<Received[]> {
  const { url, received } = await startReceiver();
  const command = commandFor(body, { headers, flags: ['-o', '/dev/null'] }, `${url}${path}`);
  // As a script, since the command may be longer than an argument can be.
  const child = spawn('bash', [], { stdio: ['pipe', 'inherit', 'pipe'] });
  child.stdin.end(`set -o pipefail; ${command}\n`);
  const [complaints, [exitCode]] = (await Promise.all([text(child.stderr), once(child, 'close')])) as [
    string,
    [number],
  ];
  expect({ complaints, exitCode }).toEqual({ complaints: '', exitCode: 0 });
  return received;
}

test('a body of printable text is in the command unchanged', () => {
  const headers = [
    ['content-type', 'application/json'],
    ['x-fin-signature', 'abc'],
    ['x-empty', ''],
  ] as const;
  expect(
    commandFor('{"name":"O\'Brien"}', { headers, flags: ['--cacert', 'my ca.pem'] }, 'http://localhost:3000/?a=1&b=2'),
  ).toBe(
    `curl -q -sS -i --noproxy '*' --cacert 'my ca.pem' -X POST -H 'content-type: application/json' -H 'x-fin-signature: abc' -H 'x-empty;' -H 'expect:' --data-raw '{"name":"O'\\''Brien"}' 'http://localhost:3000/?a=1&b=2'`,
  );
});

test.each([
  ['a byte that isn’t text', Buffer.from([0xff])],
  ['a NUL', Buffer.from('a\0b')],
  ['a CRLF', Buffer.from('a\r\nb')],
  ['a tab', Buffer.from('a\tb')],
  ['an ESC', Buffer.from('\u001b[31m')],
  ['a character beyond ASCII', Buffer.from('é')],
  ['the beginning of a CI command', Buffer.from('::set-output')],
  ['the beginning of an Azure command', Buffer.from('##[error]')],
  ['more than an argument may hold', Buffer.alloc(100_001, 'a')],
])('a body with %s goes through base64', (_, body) => {
  const command = commandFor(body);
  expect(command).toMatch(/^printf %s \S+ \| base64 -d \| curl .* --data-binary @- http:\/\/localhost:3000\/$/);
  expect(command).toMatch(/^[\x20-\x7e]+$/);
  expect(command).not.toMatch(/::|##/);
});

describe('the receiver gets the exact bytes', () => {
  test.each<[string, Uint8Array | string]>([
    ['nothing', ''],
    ['an at sign first', '@/etc/hostname'],
    ['quotes of every kind', `'"'"'\\'\`\u0024(id)`],
    ['line feeds, also at its end', '{\n}\n\n'],
    ['text that a shell expands', '$HOME ~ * !! `id` $(id) \\n %s %%'],
    ['a flag first', '--data x'],
    ['bytes that aren’t text', Buffer.from('00ff80fe0d0a', 'hex')],
    ['a byte order mark', '\ufeff{}'],
    ['a CI command', '::error::x ##[error]'],
    ['what curl would ask for permission', Buffer.alloc(90_000, 'a')],
    ['more than an argument may hold', Buffer.alloc(200_000, 'Fin\u00ff\r\n', 'latin1')],
  ])('of a body with %s', async (_, content) => {
    const body = Buffer.from(content);
    const [request] = await heard(body);
    expect(request?.method).toBe('POST');
    expect(request?.body.equals(body)).toBe(true);
  });

  test('of any body and any headers', async () => {
    const anyHeader: fc.Arbitrary<Header> = fc.tuple(
      fc.stringMatching(/^x-[A-Za-z0-9-]{1,12}$/),
      fc.stringMatching(/^(?:[!-~](?:[ -~]{0,40}[!-~])?)?$/),
    );
    const anyBody = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.stringMatching(/^[\n\x20-\x7e]{1,80}$/).map(body => Buffer.from(body)),
    );
    const anyPath = fc.stringMatching(/^[a-z'$&;()*!~]{0,12}\?[a-z'$&;()*!~=]{0,12}$/);
    await fc.assert(
      fc.asyncProperty(fc.array(anyHeader, { maxLength: 4 }), anyBody, anyPath, async (headers, body, path) => {
        const [{ rawHeaders, target, body: found }] = (await heard(body, headers, path)) as [Received];
        expect(found.equals(body)).toBe(true);
        expect(target).toBe(new URL(`http://localhost/${path}`).href.slice('http://localhost'.length));
        const own = rawHeaders.map((text, index) => [text, rawHeaders[index + 1] ?? '']).filter(([name], index) => index % 2 === 0 && /^x-/i.test(name ?? '')); // prettier-ignore
        expect(own).toEqual(headers);
      }),
      { numRuns: 15 },
    );
  });
});

test('the user’s own host and content type are sent', async () => {
  const headers = [['host', 'example.com'], ['content-type', 'text/plain']] as const; // prettier-ignore
  const [request] = await heard(Buffer.from('x'), headers);
  expect(request?.headers).toMatchObject({ host: 'example.com', 'content-type': 'text/plain', 'content-length': '1' });
});

test('curl prints nothing of its own, and shows the response', async () => {
  const { url } = await startReceiver(response => response.writeHead(401).end('who are you?'));
  const child = spawn('bash', ['-c', commandFor('{}', {}, url)]);
  const output = await text(child.stdout);
  expect(output).toMatch(/^HTTP\/1\.1 401 Unauthorized\r\n[^]*\r\n\r\nwho are you\?$/);
});

test('the shell can read the command without running it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), body => {
      expect(spawnSync('bash', ['-n'], { input: commandFor(body) }).status).toBe(0);
    }),
    { numRuns: 15 },
  );
});

test.each(['/a#b', '/#', '/a?b=c#d?e'])('the receiver gets the target %s unchanged', async target => {
  const { url, received } = await startReceiver();
  const command = curlCommand({ method: 'POST', url: new URL(url), target, headers: [], body: Buffer.from('{}') }, { flags: ['-o', '/dev/null'] }); // prettier-ignore
  const child = spawn('bash', ['-c', command], { stdio: 'inherit' });
  await once(child, 'close');
  expect(received.map(request => request.target)).toEqual([target]);
});
