import { createSecretKey, type KeyObject } from 'node:crypto';
import { UsageError } from '../errors.js';

export interface Secret {
  /** Made once: hashing with a KeyObject is faster than with bytes, and it doesn't print its content. */
  key: KeyObject;
  /** Where the secret came from, in words that may be shown. */
  origin: string;
}

/** Makes a secret from its text in UTF-8. Throws UsageError for anything that isn't text, and for an empty secret. */
export const createSecret = (bytes: Uint8Array, origin: string): Secret =>
  secretFromKey(Buffer.from(secretText(bytes, origin)), origin);

/**
 * Makes a secret from the bytes of its key, such as those that a decoded secret yields. Throws UsageError for an empty key,
 * and for one of NULs alone: HMAC pads keys with NULs, so it equals the empty key, which anybody can sign with.
 */
export function secretFromKey(bytes: Uint8Array, origin: string): Secret {
  if (bytes.every(byte => byte === 0)) throw emptySecret(origin);
  return { key: createSecretKey(bytes), origin };
}

/** Decodes what a person gave as a secret, without its byte order mark. Throws UsageError where it isn't UTF-8 text. */
export function secretText(bytes: Uint8Array, origin: string): string {
  if (hasUtf16Mark(bytes)) throw notText(origin, 'is UTF-16 text');
  if (bytes.includes(0)) throw notText(origin, 'has a NUL byte in it');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw notText(origin, "isn't UTF-8 text");
  }
}

export const emptySecret = (origin: string): UsageError =>
  new UsageError(`the secret from ${origin} is empty`, { hint: 'is the variable or file the right one?' });

/** Node shows bytes of a variable that aren't UTF-8 as U+FFFD, so the real secret is lost by then. Throws UsageError. */
export function refuseReplacedBytes(value: string, origin: string): void {
  if (value.includes('\ufffd')) throw notText(origin, "isn't UTF-8 text");
}

const hasUtf16Mark = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);

const notText = (origin: string, what: string): UsageError =>
  new UsageError(`the secret from ${origin} ${what}`, {
    hint: 'save it as UTF-8 text; in PowerShell: Set-Content -Encoding ascii -NoNewline',
  });
