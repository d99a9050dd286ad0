import { ConnectionError, systemCode } from '../errors.js';
import { isLoopback } from './target.js';

type FailureReason = 'refused' | 'reset' | 'unreachable' | 'unknown-host' | 'tls' | 'not-http' | 'timeout';

/** Why no whole reply came. */
export interface Failure {
  reason: FailureReason;
  cause: unknown;
}

const reasons: readonly (readonly [RegExp, FailureReason])[] = [
  [/^ECONNREFUSED$/, 'refused'],
  [/^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, 'reset'],
  [/^(?:ENETUNREACH|EHOSTUNREACH|EADDRNOTAVAIL|EACCES|EPERM|EINVAL)$/, 'unreachable'],
  [/^(?:ENOTFOUND|EAI_AGAIN)$/, 'unknown-host'],
  [/^ETIMEDOUT$|TIMEOUT$/, 'timeout'],
  [/^HPE_|^HTTPParserError$|^UND_ERR_(?:RES_|RESPONSE|HEADERS_OVERFLOW)/, 'not-http'],
  [
    /^(?:EPROTO|CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_|INVALID_|PATH_LENGTH_|ERR_OSSL_)/,
    'tls',
  ],
];

/** Throws what isn't a failure of the connection: that would be a bug. */
export function failureOf(cause: unknown): Failure {
  // undici's parser errors have a name, but no code.
  const code = systemCode(cause) || (cause instanceof Error ? cause.name : '');
  const [, reason] = reasons.find(([pattern]) => pattern.test(code)) ?? [];
  if (reason === undefined) throw cause;
  return { reason, cause };
}

interface Circumstances {
  url: URL;
  /** Milliseconds. */
  timeout: number;
}

/** The failure of a delivery, in words for the person at the keyboard. */
export function connectionError({ reason, cause }: Failure, { url, timeout }: Circumstances): ConnectionError {
  const words: Record<FailureReason, readonly [message: string, hint?: string]> = {
    refused: [
      `nothing is listening on ${url.origin}`,
      isLoopback(url.hostname) && url.protocol === 'http:'
        ? 'start "webhook-cli listen" in another terminal, or pass --url'
        : 'is the host right, and is the receiver running?',
    ],
    reset: [`${url.origin} closed the connection without a whole answer`, "the receiver's own log may tell why"],
    unreachable: [`${url.origin} can't be reached (${systemCode(cause)})`, 'is this machine on the right network?'],
    'unknown-host': [`there is no host called "${url.hostname}"`, 'is it spelt right? does it need a VPN?'],
    tls: [
      `no secure connection to ${url.origin} (${systemCode(cause)})`,
      'is its certificate valid, and does it speak https at all?',
    ],
    'not-http': [`what ${url.origin} answered isn't HTTP`, 'is it another protocol, or https where the URL says http?'],
    timeout: [
      `no whole answer from ${url.origin} within ${seconds(timeout)}`,
      'give it longer with --timeout, or look for what it waits for',
    ],
  };
  const [message, hint] = words[reason];
  return new ConnectionError(message, { hint, cause });
}

const seconds = (milliseconds: number): string =>
  milliseconds < 1000 ? `${milliseconds} ms` : `${Math.round(milliseconds / 100) / 10} s`;
