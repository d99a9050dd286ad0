import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, type Socket } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectionError } from '../../src/commands/sending/connection-error.js';
import { requestFailure } from '../../src/sender/undici/connection.js';
import { ConnectionError, LocalError } from '../../src/errors.js';
import { createHttpClient } from '../../src/sender/http-client.js';
import { createAuthority, startTlsReceiver } from '../support/authority.js';
import { temporaryFolder } from '../support/folder.js';
import { freePort } from '../support/free-port.js';
import { startReceiver } from '../support/receiver.js';
import { failureAt, startServer } from './attempt.js';

/** Sends a byte now and then, but never the last one. */
function drip(socket: Socket, head: string): void {
  socket.write(head);
  const timer = setInterval(() => socket.write('.'), 20);
  socket.once('close', () => {
    clearInterval(timer);
  });
}

test('a port with nothing listening refuses', async () => {
  expect(await failureAt(`http://127.0.0.1:${await freePort()}/`)).toMatchObject({ reason: 'refused' });
});

test('a host that doesn’t exist is unknown', async () => {
  expect(await failureAt('http://no-such-host.invalid/')).toMatchObject({ reason: 'unknown-host' });
});

test.each<[string, (socket: Socket) => void]>([
  ['destroyed', socket => socket.destroy()],
  ['reset', socket => socket.resetAndDestroy()],
  ['closed without a byte', socket => socket.end()],
  ['ended within the status line', socket => socket.end('HTTP/1.1 20')],
  ['ended within the headers', socket => socket.end('HTTP/1.1 200 OK\r\nx: 1\r\n')],
  ['ended within the body', socket => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf')],
  ['ended within a chunk', socket => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nha')],
])('a connection that is %s before the response is complete is a reset', async (_, talk) => {
  const { url } = await startServer(talk);
  expect(await failureAt(url)).toMatchObject({ reason: 'reset' });
});

test.each([
  ['words', 'hello there\r\n'],
  ['an SSH banner', 'SSH-2.0-OpenSSH_9.6\r\n'],
  ['an SMTP greeting', '220 mail.example.com ESMTP\r\n'],
  ['zeros', '\u0000'.repeat(64)],
  ['a TLS alert', '\u0015\u0003\u0001\u0000\u0002\u0002\u0046'],
  ['a status that isn’t a number', 'HTTP/1.1 OK OK\r\n\r\n'],
  ['a header without a colon', 'HTTP/1.1 200 OK\r\nnonsense\r\n\r\n'],
  ['two different lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
  ['headers without end', `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(200_000)}\r\n\r\n`],
])('a server that responds with %s doesn’t speak HTTP', async (_, words) => {
  const { url } = await startServer(socket => socket.write(words, 'latin1'));
  expect(await failureAt(url)).toMatchObject({ reason: 'not-http' });
});

describe('a secure connection fails', () => {
  test('with a server that speaks plain HTTP', async () => {
    const { url } = await startReceiver();
    expect(await failureAt(url.replace('http:', 'https:'))).toMatchObject({ reason: 'tls' });
  });

  test('with a server whose certificate isn’t trusted', async () => {
    const folder = temporaryFolder();
    const [keyFile, certFile] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
    const flags = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost'];
    expect(spawnSync('openssl', ['req', ...flags, '-keyout', keyFile, '-out', certFile]).status).toBe(0);
    let heard = 0;
    const server = createTlsServer({ key: readFileSync(keyFile), cert: readFileSync(certFile) }, () => {
      heard += 1;
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    expect(await failureAt(`https://localhost:${port}/`)).toMatchObject({ reason: 'tls' });
    expect(heard).toBe(0);
  });
});

test.each<[string, (socket: Socket) => void]>([
  ['never responds', () => undefined],
  [
    'never ends its headers',
    socket => {
      drip(socket, 'HTTP/1.1 200 OK\r\nx: ');
    },
  ],
  [
    'never ends its body',
    socket => {
      drip(socket, 'HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
    },
  ],
  [
    'never ends a body without length',
    socket => {
      drip(socket, 'HTTP/1.1 200 OK\r\n\r\n');
    },
  ],
])('a server that %s times out', async (_, talk) => {
  const { url } = await startServer(talk);
  expect(await failureAt(url, { timeout: 200 })).toMatchObject({ reason: 'timeout' });
});

const withCode = (code: string): Error => Object.assign(new Error('x'), { code });

test.each([
  ['ECONNREFUSED', 'refused'],
  ['ECONNRESET', 'reset'],
  ['EPIPE', 'reset'],
  ['UND_ERR_SOCKET', 'reset'],
  ['ENETUNREACH', 'unreachable'],
  ['EHOSTUNREACH', 'unreachable'],
  ['EAFNOSUPPORT', 'unreachable'],
  ['ENOTFOUND', 'unknown-host'],
  ['EACCES', 'unreachable'],
  ['EAI_AGAIN', 'dns-unavailable'],
  ['ETIMEDOUT', 'timeout'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
  ['UND_ERR_HEADERS_OVERFLOW', 'not-http'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'not-http'],
  ['EPROTO', 'tls'],
  ['CERT_HAS_EXPIRED', 'tls'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
])('%s means %s, and the message names the target', (code, reason) => {
  const failure = requestFailure(withCode(code));
  expect(failure.reason).toBe(reason);
  const error = connectionError(failure, { url: new URL('https://example.com:8443/secret-path'), timeout: 1500 });
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error.message).toContain('example.com');
  expect(error.message).not.toContain('secret-path');
  expect(error.cause).toBe(failure.cause);
  expect(error.hint).toBeTruthy();
});

test.each([
  ['a code that no table has', withCode('EALREADY'), 'EALREADY'],
  ['the code of a missing socket', withCode('ENOENT'), 'ENOENT'],
  ['an error without a code', new TypeError('x'), 'TypeError'],
  ['no error', 'x', 'unknown error'],
])('%s is a delivery failure, too', (_, cause, code) => {
  const failure = requestFailure(cause);
  expect(failure).toEqual({ reason: 'unreachable', cause });
  const error = connectionError(failure, { url: new URL('https://example.com/'), timeout: 1500 });
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error.message).toBe(`https://example.com can't be reached (${code})`);
});

test.each(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRINUSE', 'EADDRNOTAVAIL', 'EAI_MEMORY'])(
  '%s is a local error, and doesn’t blame the receiver',
  code => {
    const failure = requestFailure(withCode(code));
    expect(failure.reason).toBe('local-error');
    const error = connectionError(failure, { url: new URL('https://example.com/'), timeout: 1500 });
    expect(error).toBeInstanceOf(LocalError);
    expect(error.message).toMatch(new RegExp(`^can't connect to https://example.com: [a-zA-Z ]+ \\(${code}\\)$`));
    expect(error.hint).toMatch(/at a time/);
  },
);

test.each([
  [['EADDRNOTAVAIL', 'ECONNREFUSED'], 'refused', 'ECONNREFUSED'],
  [['ENETUNREACH', 'ETIMEDOUT'], 'timeout', 'ETIMEDOUT'],
  [['EMFILE', 'EMFILE'], 'local-error', 'EMFILE'],
])('reports the most useful failure for a host whose addresses failed with %j', (codes, reason, code) => {
  expect(requestFailure(new AggregateError(codes.map(withCode)))).toMatchObject({ reason, cause: { code } });
});

test('a certificate signed with SHA-1 doesn’t give a secure connection', async () => {
  const authority = createAuthority();
  const { url } = await startTlsReceiver(authority.issue({ digest: 'sha1' }), { ciphers: 'DEFAULT@SECLEVEL=0' });
  const client = createHttpClient({ timeout: 10_000, authorities: readFileSync(authority.certificate) });
  onTestFinished(() => client.close());
  const attempt = await client.deliver({ method: 'POST', url: new URL(url), headers: [], body: Buffer.from('{}') });
  expect(attempt).toMatchObject({ failure: { reason: 'tls' } });
});

test('an invalid request is our own mistake, and not the receiver’s failure', async () => {
  const { url, received } = await startReceiver();
  const client = createHttpClient({ timeout: 10_000 });
  onTestFinished(() => client.close());
  const request = { url: new URL(url), headers: [], body: Buffer.from('{}') };
  await expect(client.deliver({ ...request, method: 'PO ST' })).rejects.toThrow('invalid request method');
  expect(await client.deliver({ ...request, method: 'POST' })).toMatchObject({ reply: { status: 200 } });
  expect(received).toHaveLength(1);
});

test.each([
  [200, '200 ms'],
  [999, '999 ms'],
  [1000, '1 s'],
  [1500, '1.5 s'],
  [10_000, '10 s'],
])('a time-out of %i is shown as %s', (timeout, words) => {
  const { message } = connectionError({ reason: 'timeout', cause: undefined }, { url: new URL('http://a/'), timeout });
  expect(message).toBe(`no complete response from http://a within ${words}`);
});

test('a deadline includes the time to connect', async () => {
  const { port } = await startServer(() => undefined);
  expect(await failureAt(`https://127.0.0.1:${port}/`, { timeout: 200 })).toMatchObject({ reason: 'timeout' });
});

test('an address without a route is unreachable', async () => {
  expect(await failureAt('http://[fe80::1]/')).toMatchObject({ reason: 'unreachable' });
});
