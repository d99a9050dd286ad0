import { createSecretKey, type KeyObject } from 'node:crypto';

export interface Secret {
  /** Made once: hashing with a KeyObject is faster than with bytes, and it doesn't print its content. */
  key: KeyObject;
  /** Where it came from, in words that may be shown. */
  origin: string;
}

/** The secret is used as the bytes that it is: Fin documents no decoding and no prefix. */
export const createSecret = (bytes: Uint8Array, origin: string): Secret => ({ key: createSecretKey(bytes), origin });
