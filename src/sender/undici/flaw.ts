import { systemCode } from '../../errors.js';
import type { Flaw } from '../failure.js';

/** Finds the flaw of a response from the error of undici or its parser. Undefined: unknown. */
export function flawIn(error: unknown): Flaw | undefined {
  if (systemCode(error) === 'UND_ERR_HEADERS_OVERFLOW') return 'long-headers';
  if (!(error instanceof Error) || error.name !== 'HTTPParserError') return undefined;
  const { data } = error as { data?: unknown };
  if (typeof data === 'string' && settingsFrame.test(data)) return 'http2';
  return flaws.find(([pattern]) => pattern.test(error.message))?.[1];
}

/** An HTTP/2 server always starts with a SETTINGS frame for the whole connection (RFC 9113, 3.4). */
const settingsFrame = /^\0\0[^]\x04\0\0{4}/;

const flaws: readonly (readonly [RegExp, Flaw])[] = [
  [/expected CR after response line/i, 'bare-lf-status'],
  [/expected CR after header value/i, 'bare-lf-header'],
  [/expected CR after chunk/i, 'bare-lf-chunk'],
];
