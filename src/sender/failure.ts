import { systemCode } from '../errors.js';

export type FailureReason =
  'refused' | 'reset' | 'unreachable' | 'unknown-host' | 'dns-unavailable' | 'tls' | 'not-http' | 'timeout';

/** Why no whole reply came. */
export interface Failure {
  reason: FailureReason;
  cause: unknown;
}

/** Which codes of errors mean what. */
export type ReasonTable = readonly (readonly [code: RegExp, reason: FailureReason])[];

const systemReasons: ReasonTable = [
  [/^ECONNREFUSED$/, 'refused'],
  [/^(?:ECONNRESET|ECONNABORTED|EPIPE)$/, 'reset'],
  [/^(?:ENETUNREACH|ENETDOWN|EHOSTUNREACH|EHOSTDOWN|EMFILE|EADDRNOTAVAIL|EACCES|EPERM|EINVAL)$/, 'unreachable'],
  [/^ENOTFOUND$/, 'unknown-host'],
  [/^EAI_/, 'dns-unavailable'],
  [/^ETIMEDOUT$/, 'timeout'],
  [
    /^(?:EPROTO|CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_|INVALID_|PATH_LENGTH_|ERR_OSSL_)/,
    'tls',
  ],
];

/**
 * Finds the reason for an error by its code, or by its name if it has no code. `further` are the codes of a library. Throws
 * `cause` if it isn't a failure of the connection: then it is a bug.
 */
export function failureOf(cause: unknown, further: ReasonTable = []): Failure {
  const code = systemCode(cause) || (cause instanceof Error ? cause.name : '');
  const [, reason] = [...systemReasons, ...further].find(([pattern]) => pattern.test(code)) ?? [];
  if (reason === undefined) throw cause;
  return { reason, cause };
}
