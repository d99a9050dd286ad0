import fc from 'fast-check';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { CapturedRequest } from '../../src/recording/captured-request.js';
import type { Header } from '../../src/http/header.js';
import { httpMessage } from '../../src/sender/formats/http-message.js';
import { InputError } from '../../src/errors.js';
import { httpRequest } from '../support/recording.js';

const anyHeader: fc.Arbitrary<Header> = fc.tuple(
  fc.stringMatching(/^x-[A-Za-z0-9-]{1,12}$/),
  fc.stringMatching(/^(?:[!-~](?:[ -~]{0,40}[!-~])?)?$/),
);

const anyBody = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  fc.constantFrom('00', 'ff', 'efbbbf7b7d', '0d0a0d0a', '300d0a0d0a', '7b0d0a7d0a', '').map(hex => Buffer.from(hex, 'hex')),
); // prettier-ignore

const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function chunked(pieces: readonly Uint8Array[], lineEnd = '\r\n'): Buffer {
  const head = ['POST /hook HTTP/1.1', 'host: example.com', 'transfer-encoding: chunked', '', ''].join(lineEnd);
  const chunks = pieces
    .filter(piece => piece.length > 0)
    .flatMap(piece => [bytesOf(`${piece.length.toString(16)}${lineEnd}`), piece, bytesOf(lineEnd)]);
  return Buffer.concat([bytesOf(head), ...chunks, bytesOf(`0${lineEnd}${lineEnd}`)]);
}

test('a written message is read back unchanged', () => {
  fc.assert(
    fc.property(fc.array(anyHeader), anyBody, (headers, body) => {
      const message = httpMessage({ method: 'POST', url: new URL('http://example.com/a?b=c'), headers, body });
      const { body: found, ...rest } = httpRequest(message);
      expect(hex(found)).toBe(hex(body));
      expect(rest).toEqual({
        method: 'POST',
        target: '/a?b=c',
        headers: [['host', 'example.com'], ...headers, ['content-length', String(body.length)]],
        fidelity: 'exact',
        findings: [],
      });
    }),
  );
});

test('a chunked body equals the same body in one piece', () => {
  fc.assert(
    fc.property(fc.array(anyBody), fc.constantFrom('\r\n', '\n'), (pieces, lineEnd) => {
      const { body, fidelity, findings } = httpRequest(chunked(pieces, lineEnd));
      expect([hex(body), fidelity, findings]).toEqual([hex(Buffer.concat(pieces)), 'exact', []]);
    }),
  );
});

/** Undefined if refused; any error that isn't meant for users fails the test. */
function tryToRead(bytes: Uint8Array): CapturedRequest | undefined {
  try {
    return httpRequest(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return undefined;
  }
}

test('a message cut anywhere is refused or incomplete, never exact with another body', () => {
  const sized = fc
    .tuple(fc.array(anyHeader, { maxLength: 3 }), anyBody)
    .map(([headers, body]) => ({ body, message: httpMessage({ method: 'POST', url: new URL('http://example.com/'), headers, body }) })); // prettier-ignore
  const inChunks = fc
    .array(anyBody, { maxLength: 4 })
    .map(pieces => ({ body: Buffer.concat(pieces), message: chunked(pieces) }));
  fc.assert(
    fc.property(fc.oneof(sized, inChunks), ({ body, message }) => {
      for (let length = 0; length < message.length; length += 1) {
        const request = tryToRead(message.subarray(0, length));
        if (request) expect(request.fidelity).toBe('incomplete');
        if (request) expect(hex(body).startsWith(hex(request.body))).toBe(true);
      }
    }),
  );
});

test('reads any bytes or says why not', () => {
  const start = fc.constantFrom('', 'POST / HTTP/1.1\r\n', 'POST / HTTP/1.1\ntransfer-encoding: chunked\n\n');
  const pieces = fc.array(fc.oneof(fc.constantFrom('\r\n', '\n', ':', ' ', '0', '5', ';', 'a'), fc.string()));
  fc.assert(
    fc.property(start, pieces, fc.uint8Array(), (head, text, rest) => {
      tryToRead(Buffer.concat([Buffer.from(head + text.join('')), rest]));
    }),
  );
});

/** Node's own server. `bodies` has no message that it refuses, or that never ends. */
async function startServer(): Promise<{ port: number; bodies: Buffer[] }> {
  const bodies: Buffer[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => response.destroy());
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks));
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { port: (server.address() as AddressInfo).port, bodies };
}

test('reads any chunked message that a server accepts the same way', async () => {
  const { port, bodies } = await startServer();
  const whole = fc.constantFrom('2\r\nab\r\n', '1;x=y\r\n\n\r\n', '00A;z\r\n0\r\n\r\n0\r\n\r\n\r\n');
  const broken = fc.constantFrom('5', '1', '0', '\r\n', '-', 'x: y\r\n');
  const pieces = fc.array(fc.oneof({ weight: 6, arbitrary: whole }, { weight: 1, arbitrary: broken }));
  const head = 'POST / HTTP/1.1\r\nhost: example.com\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n';
  await fc.assert(
    fc.asyncProperty(pieces, async middle => {
      bodies.length = 0;
      const message = bytesOf(`${head}${middle.join('')}0\r\n\r\n`);
      const socket = connect(port, '127.0.0.1').resume();
      socket.on('error', () => socket.destroy()).end(message);
      await once(socket, 'close');
      const { body, fidelity } = httpRequest(message);
      // The server is stricter: it requires CRLF everywhere, and nothing after the message.
      const [taken] = bodies;
      if (taken) expect([hex(body), fidelity]).toEqual([hex(taken), 'exact']);
    }),
  );
});
