import { createSecretKey, type KeyObject } from 'node:crypto';
import { UsageError } from '../errors.js';

export interface Secret {
  /** Made once: HMAC takes a KeyObject faster than bytes, and printing it doesn't show its content. */
  key: KeyObject;
  /** Where the secret came from, in words that may be shown. */
  origin: string;
}

/** Makes a secret from its text in UTF-8. Throws UsageError for anything that isn't text, and for an empty secret. */
export const createSecret = (bytes: Uint8Array, origin: string): Secret =>
  secretFromKey(Buffer.from(secretText(bytes, origin)), origin);

/**
 * Makes a secret from the bytes of its key. Throws UsageError for an empty key, and for one of NULs alone: HMAC pads keys
 * with NULs, so it equals the empty key, which anybody can sign with.
 */
export function secretFromKey(bytes: Uint8Array, origin: string): Secret {
  if (bytes.every(byte => byte === 0)) throw emptySecret(origin);
  return { key: createSecretKey(bytes), origin };
}

/** Decodes the text of a secret, without its byte order mark. Throws UsageError if it isn't UTF-8. */
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

/**
 * Throws UsageError for a variable with U+FFFD in it: Node replaces bytes that aren't UTF-8 by it, so the real secret is
 * already lost.
 */
export function refuseReplacedBytes(value: string, origin: string): void {
  if (value.includes('\ufffd')) throw notText(origin, "isn't UTF-8 text");
}

const hasUtf16Mark = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);

const notText = (origin: string, what: string): UsageError =>
  new UsageError(`the secret from ${origin} ${what}`, {
    hint: 'save it as UTF-8 text; in PowerShell: Set-Content -Encoding ascii -NoNewline',
  });
