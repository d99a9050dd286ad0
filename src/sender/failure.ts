import { systemCode } from '../errors.js';

export type FailureReason =
  'refused' | 'reset' | 'unreachable' | 'unknown-host' | 'dns-unavailable' | 'tls' | 'not-http' | 'timeout';

/** Why no whole reply came. */
export interface Failure {
  reason: FailureReason;
  cause: unknown;
}

const reasons: readonly (readonly [RegExp, FailureReason])[] = [
  [/^ECONNREFUSED$/, 'refused'],
  [/^(?:ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET)$/, 'reset'],
  [/^(?:ENETUNREACH|ENETDOWN|EHOSTUNREACH|EHOSTDOWN|EMFILE|EADDRNOTAVAIL|EACCES|EPERM|EINVAL)$/, 'unreachable'],
  [/^ENOTFOUND$/, 'unknown-host'],
  [/^EAI_/, 'dns-unavailable'],
  [/^ETIMEDOUT$|TIMEOUT$/, 'timeout'],
  [/^HPE_|^HTTPParserError$|^ERR_ASSERTION$|^UND_ERR_(?:RES_|RESPONSE|HEADERS_OVERFLOW)/, 'not-http'],
  [
    /^(?:EPROTO|CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_|INVALID_|PATH_LENGTH_|ERR_OSSL_)/,
    'tls',
  ],
];

/** Throws what isn't a failure of the connection: that would be a bug. */
export function failureOf(cause: unknown): Failure {
  // undici's parser errors have a name, but no code; on a status like 000 it trips over an assertion of its own.
  const code = systemCode(cause) || (cause instanceof Error ? cause.name : '');
  const [, reason] = reasons.find(([pattern]) => pattern.test(code)) ?? [];
  if (reason === undefined) throw cause;
  return { reason, cause };
}
