import { describe, expect, test } from 'vitest';
import { connectionError } from '../../src/commands/sending/connection-error.js';
import type { Failure, FailureReason } from '../../src/sender/failure.js';
import { ConnectionError, LocalError } from '../../src/errors.js';
import { startSecureReceiver } from '../support/certificate.js';
import { startReceiver } from '../support/receiver.js';
import { failureAt, startServer } from '../sender/attempt.js';

/** The message that a user reads. */
const told = (failure: Failure, url: string): string => {
  const { message, hint = '' } = connectionError(failure, { url: new URL(url), timeout: 10_000 });
  return `${message}\n${hint}`;
};

const toldAt = async (url: string): Promise<string> => told(await failureAt(url), url);

const withCode = (code: string): Error => Object.assign(new Error('x'), { code });

describe('a real failure', () => {
  test('of an untrusted certificate names --cacert and --insecure', async () => {
    const { url, heard } = await startSecureReceiver();
    const { origin } = new URL(url);
    expect(await toldAt(url)).toBe(
      `no secure connection to ${origin}: its certificate is self-signed (DEPTH_ZERO_SELF_SIGNED_CERT)\npass that certificate, or its authority's, with --cacert; --insecure accepts any`,
    );
    expect(heard()).toBe(0);
  });

  test('of https to an http port names the right URL', async () => {
    const { url, received } = await startReceiver();
    const { host } = new URL(url);
    expect(await toldAt(`https://${host}/`)).toMatch(
      new RegExp(
        `^no secure connection to https://${host}: the port doesn't speak TLS \\(.+\\)\ndoes it speak https at all\\? try http://${host}$`,
      ),
    );
    expect(received).toEqual([]);
  });

  test('of http to an https port asks whether it is https', async () => {
    const { url, heard } = await startSecureReceiver();
    expect(await toldAt(url.replace('https:', 'http:'))).toMatch(/, or does it expect https\?$/);
    expect(heard()).toBe(0);
  });

  test('of a port with another protocol says so', async () => {
    const { url } = await startServer(socket => socket.write('SSH-2.0-OpenSSH_9.6\r\n'));
    expect(await toldAt(url)).toBe(
      `the response from ${new URL(url).origin} isn't HTTP\ndoes this port speak another protocol, or does it expect https?`,
    );
  });

  test('of a dropped connection points to the receiver', async () => {
    const { url } = await startServer(socket => socket.destroy());
    expect(await toldAt(url)).toContain(
      "closed the connection before its response was complete\nthe receiver's log may show",
    );
  });
});

describe('if nothing listens, the hint', () => {
  const refused = { reason: 'refused', cause: withCode('ECONNREFUSED') } as const;

  test.each([
    ['http://127.0.0.1:4665/', 'start "webhook-cli listen" in another terminal, or pass --url'],
    ['http://localhost:4665/hook', 'start "webhook-cli listen" in another terminal, or pass --url'],
    ['http://localhost:3000/', 'is the receiver running, and on this port?'],
    [
      'http://127.0.0.1:3000/',
      'is the receiver running, and on this port? if it only listens on IPv4 or IPv6, write localhost',
    ],
    [
      'http://[::1]:3000/',
      'is the receiver running, and on this port? if it only listens on IPv4 or IPv6, write localhost',
    ],
    ['https://example.com/', 'is the host right, and is the receiver running?'],
    ['http://example.com:4665/', 'is the host right, and is the receiver running?'],
    ['http://localhost.example.com:4665/', 'is the host right, and is the receiver running?'],
  ])('for %s is: %s', (url, hint) => {
    expect(told(refused, url)).toBe(`nothing is listening on ${new URL(url).origin}\n${hint}`);
  });
});

test.each([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', '--cacert'],
  ['SELF_SIGNED_CERT_IN_CHAIN', '--cacert'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', '--cacert'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', '--cacert'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'try http://example.com:8443'],
  ['EPROTO', 'try http://example.com:8443'],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'it requires a client certificate'],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'pass your certificate with --cert, and its private key with --key'],
  ['CERT_HAS_EXPIRED', 'fix its certificate, or pass --insecure to accept any'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'fix its certificate, or pass --insecure to accept any'],
])('%s leads to: %s', (code, words) => {
  expect(told({ reason: 'tls', cause: withCode(code) }, 'https://example.com:8443/')).toContain(words);
});

const reasons: FailureReason[] = ['refused', 'reset', 'unreachable', 'unknown-host', 'dns-unavailable', 'tls', 'not-http', 'timeout', 'local-error']; // prettier-ignore

test.each(reasons)('the message for "%s" names the target, but neither its path nor its query', reason => {
  const cause = withCode('EX');
  for (const protocol of ['http', 'https']) {
    const url = new URL(`${protocol}://example.com:8443/hooks/canary?token=canary`);
    const error = connectionError({ reason, cause }, { url, timeout: 1500 });
    expect(error).toBeInstanceOf(reason === 'local-error' ? LocalError : ConnectionError);
    expect(error.cause).toBe(cause);
    expect(error.message).toContain('example.com');
    expect(`${error.message} ${error.hint ?? ''}`).not.toContain('canary');
    expect(error.hint).toMatch(/.{10}/);
  }
});

test('does not suggest http to someone who used http', () => {
  for (const reason of ['reset', 'not-http'] as const) {
    expect(told({ reason, cause: undefined }, 'https://example.com/')).not.toContain('expect https');
    expect(told({ reason, cause: undefined }, 'http://example.com/')).toContain('expect https');
  }
});
