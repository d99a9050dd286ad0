import { valuesOf, type Header } from '../http/header.js';
import type { CapturedRequest } from './captured-request.js';

type Content = Pick<CapturedRequest, 'body' | 'fidelity'>;

/**
 * Returns the body of a request that a file holds as text. Its bytes are reliable if their number matches the one its
 * sender announced, or the file's own (`size`), and none was lost. It is never rebuilt.
 */
export function textBody(text: string, headers: readonly Header[], size?: number): Content {
  const body = Buffer.from(text);
  return { body, fidelity: isOfSize(body.length, size, headers) && isFaithful(text) ? 'exact' : 'inexact' };
}

/** Programs that don't know the size write -1, 0 or nothing, in which case the sender's value is used. */
function isOfSize(length: number, size = -1, headers: readonly Header[]): boolean {
  if (size > 0) return size === length;
  const announced = valuesOf('content-length', headers);
  const isKnown = announced.length > 0 || size === length;
  return isKnown && announced.every(value => value.trim() === String(length));
}

// U+FFFD and lone surrogates mean that non-UTF-8 bytes were lost, or that the file was saved in another encoding.
const isFaithful = (text: string): boolean => !/[\uFFFD\p{Surrogate}]/u.test(text);

/** Returns the body that a text encodes in base64. Any other text is the body itself, which may not be exact. */
export function base64Body(text: string): Content {
  const body = decodeBase64(text);
  return body ? { body, fidelity: 'exact' } : { body: Buffer.from(text), fidelity: 'inexact' };
}

/** Returns undefined for invalid base64, which Buffer would skip. Line breaks and a missing `=` are fine. */
export function decodeBase64(text: string): Buffer | undefined {
  const body = Buffer.from(text, 'base64');
  const bare = (base64: string): string => base64.replace(/[\r\n]/g, '').replace(/={1,2}$/, '');
  return bare(body.toString('base64')) === bare(text) ? body : undefined;
}
