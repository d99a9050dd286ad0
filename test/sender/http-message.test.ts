import fc from 'fast-check';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import type { Header } from '../../src/http/header.js';
import { httpMessage } from '../../src/sender/formats/http-message.js';
import { startReceiver } from '../support/receiver.js';

const messageOf = (url: string, headers: readonly Header[], body: Uint8Array): Buffer =>
  Buffer.from(httpMessage({ method: 'POST', url: new URL(url), headers, body }));

/** Splits a message at its first empty line. */
function parts(message: Buffer): { start: string; headers: Header[]; body: Buffer } {
  const end = message.indexOf('\r\n\r\n');
  const [start = '', ...lines] = message.subarray(0, end).toString('latin1').split('\r\n');
  const headers = lines.map((line): Header => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]);
  return { start, headers, body: message.subarray(end + 4) };
}

const anyHeader: fc.Arbitrary<Header> = fc.tuple(
  fc.stringMatching(/^x-[A-Za-z0-9-]{1,12}$/),
  fc.stringMatching(/^(?:[!-~](?:[ -~]{0,40}[!-~])?)?$/),
);

const anyBody = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.constantFrom('00', 'ff', 'efbbbf7b7d', '0d0a0d0a', '7b0d0a7d0a', '').map(hex => Buffer.from(hex, 'hex')),
);

test('a message is the request line, the host, the headers in order, the length and the body', () => {
  const headers = [
    ['content-type', 'application/json'],
    ['X-Twice', '1'],
    ['x-twice', '2'],
  ] as const;
  const message = messageOf('http://localhost:3000/webhooks/fin?a=b%20c', headers, Buffer.from('{"a":"é"}'));
  expect(message.toString()).toBe(
    'POST /webhooks/fin?a=b%20c HTTP/1.1\r\nhost: localhost:3000\r\ncontent-type: application/json\r\nX-Twice: 1\r\nx-twice: 2\r\ncontent-length: 10\r\n\r\n{"a":"é"}',
  );
});

test.each([
  ['http://example.com', 'POST / HTTP/1.1', 'example.com'],
  ['https://example.com:443/x', 'POST /x HTTP/1.1', 'example.com'],
  ['https://example.com:8443/?q', 'POST /?q HTTP/1.1', 'example.com:8443'],
  ['http://[::1]:80/', 'POST / HTTP/1.1', '[::1]'],
])('the message to %s begins with %s', (url, start, host) => {
  const message = parts(messageOf(url, [], Buffer.from('x')));
  expect(message).toMatchObject({ start, headers: [['host', host], ['content-length', '1']] }); // prettier-ignore
});

test('a host set by the user is the only one', () => {
  const { headers } = parts(messageOf('http://localhost/', [['Host', 'example.com']], Buffer.alloc(0)));
  expect(headers).toEqual([
    ['Host', 'example.com'],
    ['content-length', '0'],
  ]);
});

test('any body and its headers are read back unchanged', () => {
  fc.assert(
    fc.property(fc.array(anyHeader), anyBody, (given, body) => {
      const { headers, body: found } = parts(messageOf('http://localhost:1/', given, body));
      expect(headers).toEqual([['host', 'localhost:1'], ...given, ['content-length', String(body.length)]]);
      expect(found.equals(body)).toBe(true);
    }),
  );
});

test('a server reads the exact bytes as the request that they represent', async () => {
  const { url, received } = await startReceiver(response => response.writeHead(200, { connection: 'close' }).end());
  const { port } = new URL(url);
  await fc.assert(
    fc.asyncProperty(fc.array(anyHeader, { maxLength: 5 }), anyBody, async (headers, body) => {
      const socket = connect(Number(port), '127.0.0.1').resume();
      socket.write(messageOf(`${url}hook?a=1`, headers, body));
      await once(socket, 'end');
      const [{ target, rawHeaders, body: found }] = [received.at(-1)!];
      expect(target).toBe('/hook?a=1');
      expect(rawHeaders).toEqual(['host', `127.0.0.1:${port}`, ...headers.flat(), 'content-length', `${body.length}`]);
      expect(found.equals(body)).toBe(true);
    }),
    { numRuns: 30 },
  );
});
