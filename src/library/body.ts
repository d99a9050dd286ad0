import { isAnyArrayBuffer, isUint8Array } from 'node:util/types';
import { UsageError } from '../errors.js';
import { rawBytes } from '../scheme/explain/remedies.js';

/** A body to send: a text, sent as UTF-8; bytes, sent unchanged; or any other value, serialised once as JSON. */
export type BodyInput = string | Uint8Array | object;

/** Throws UsageError for values that JSON can't express. */
export function bytesOf(body: unknown): Buffer<ArrayBuffer> {
  if (typeof body === 'string') return textBytes(body);
  if (ArrayBuffer.isView(body)) return Buffer.from(new Uint8Array(body.buffer, body.byteOffset, body.byteLength));
  if (isAnyArrayBuffer(body)) return Buffer.from(new Uint8Array(body));
  return Buffer.from(serialised(body));
}

/** A lone surrogate has no UTF-8 encoding: other bytes would be signed instead. */
function textBytes(text: string): Buffer<ArrayBuffer> {
  if (!/\p{Surrogate}/u.test(text)) return Buffer.from(text);
  throw new UsageError("the body has half of a surrogate pair, which UTF-8 can't encode", {
    hint: 'pass the bytes themselves',
  });
}

/** Its own type leaves out that it returns undefined for functions and undefined. */
const stringify = JSON.stringify as (value: unknown) => string | undefined;

function serialised(value: unknown): string {
  let text: string | undefined;
  try {
    text = stringify(value);
  } catch (cause) {
    throw new UsageError("the body can't be serialised as JSON", { hint: 'pass its text or its bytes', cause });
  }
  if (text === undefined) throw new UsageError('there is no body', { hint: 'pass a text, bytes or a value' });
  return text;
}

/** Returns the bytes of a received body. Throws UsageError if it was already parsed. */
export function receivedBytes(body: unknown): Uint8Array {
  if (isUint8Array(body)) return body;
  if (typeof body === 'string' || isAnyArrayBuffer(body)) return bytesOf(body);
  if (body === undefined || body === null) return new Uint8Array();
  throw new UsageError('the body was already parsed, but the signature covers its bytes', { hint: rawBytes });
}
