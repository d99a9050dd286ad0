import { shortageCode, systemCode } from '../errors.js';
import { ProxyError, type Route } from './route.js';

/** `local-error`: this machine ran out of something, such as ports or file descriptors. `proxy`: it didn't connect. */
export type FailureReason =
  | 'refused'
  | 'reset'
  | 'unreachable'
  | 'unknown-host'
  | 'dns-unavailable'
  | 'tls'
  | 'not-http'
  | 'timeout'
  | 'proxy'
  | 'local-error';

/**
 * The flaw of a response that isn't HTTP. `long-headers`: over 16 KiB of them. `bare-lf-…`: a line that ends with LF instead of
 * CRLF.
 */
export type Flaw = 'long-headers' | 'bare-lf-status' | 'bare-lf-header' | 'bare-lf-chunk' | 'http2';

/** Why no complete response came. */
export interface Failure {
  reason: FailureReason;
  cause: unknown;
  /** The flaw of a response that isn't HTTP, if known. */
  flaw?: Flaw | undefined;
  /** The route of the bytes, if not straight to the receiver. */
  route?: Route | undefined;
}

/** The meanings of error codes. */
export type ReasonTable = readonly (readonly [code: RegExp, reason: FailureReason])[];

const systemReasons: ReasonTable = [
  [/^ECONNREFUSED$/, 'refused'],
  [/^(?:ECONNRESET|ECONNABORTED|EPIPE)$/, 'reset'],
  [shortageCode, 'local-error'],
  [/^ENOTFOUND$/, 'unknown-host'],
  [/^EAI_/, 'dns-unavailable'],
  [/^ETIMEDOUT$/, 'timeout'],
  [
    /^(?:EPROTO|CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_|INVALID_|PATH_LENGTH_|ERR_OSSL_)/,
    'tls',
  ],
];

interface Place {
  /** The codes of a library. */
  further?: ReasonTable | undefined;
  /** The reason for an unknown code, by what was being done: tables can't list every code. */
  otherwise?: FailureReason | undefined;
}

/** Finds the reason for an error in connecting, writing or reading. Any such error fails the delivery. */
export function failureOf(cause: unknown, { further = [], otherwise = 'unreachable' }: Place = {}): Failure {
  if (cause instanceof ProxyError) return { reason: 'proxy', cause };
  const known = [...systemReasons, ...further];
  const failures = attemptsOf(cause).map(error => {
    const code = failureCode(error);
    const [, reason = otherwise] = known.find(([pattern]) => pattern.test(code)) ?? [];
    return { reason, cause: error };
  });
  const [first = { reason: otherwise, cause }] = failures;
  return failures.find(({ reason }) => !saysLittle.includes(reason)) ?? first;
}

/** If one family of a host's addresses doesn't exist on this machine, the other one's error matters more. */
const saysLittle: readonly FailureReason[] = ['unreachable', 'local-error'];

/** Returns one error for each address tried. */
const attemptsOf = (cause: unknown): readonly unknown[] => (cause instanceof AggregateError ? cause.errors : [cause]);

/** The code of an error, or its name if it has none. */
export const failureCode = (cause: unknown): string =>
  systemCode(cause) || (cause instanceof Error ? cause.name : 'unknown error');

/** Whether an HTTP client refused to send a request, because it can't be one. Nothing went out. */
export const isUnsendable = (cause: unknown): boolean =>
  /^UND_ERR_(?:INVALID_ARG|NOT_SUPPORTED)$/.test(systemCode(cause));
