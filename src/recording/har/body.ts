import type { CapturedRequest } from '../captured-request.js';
import type { HarEntry } from './schema.js';

type Content = Pick<CapturedRequest, 'body' | 'fidelity'>;

type PostData = HarEntry['request']['postData'];

/** Returns the body of a request, and whether every byte of it can be relied on. It is never rebuilt from `params`. */
export function bodyOf({ postData, bodySize, headers, _fidelity }: HarEntry['request']): Content {
  const text = postData?.text ?? '';
  const body = Buffer.from(text);
  const encoded = encodedBody(postData);
  if (encoded !== undefined) {
    const decoded = decodeBase64(encoded);
    return decoded ? { body: decoded, fidelity: _fidelity ?? 'exact' } : { body, fidelity: 'inexact' };
  }
  const isExact = isOfSize(body.length, bodySize, headers) && isFaithful(text) && !isInPieces(postData);
  return { body, fidelity: isExact ? 'exact' : 'inexact' };
}

/** Exporters that don't know the size write -1, 0 or nothing. Then it is the sender's word that counts. */
function isOfSize(length: number, bodySize = -1, headers: HarEntry['request']['headers']): boolean {
  if (bodySize > 0) return bodySize === length;
  const announced = headers.filter(({ name }) => name.toLowerCase() === 'content-length');
  const isKnown = announced.length > 0 || bodySize === length;
  return isKnown && announced.every(({ value }) => value.trim() === String(length));
}

function encodedBody(postData: PostData): string | undefined {
  if (postData?._bodyBase64 !== undefined) return postData._bodyBase64;
  return postData?.encoding?.toLowerCase() === 'base64' ? (postData.text ?? undefined) : undefined;
}

/** Returns whether there are fields of a form without the text that they came from. */
const isInPieces = (postData: PostData): boolean => !postData?.text && (postData?.params?.length ?? 0) > 0;

// U+FFFD and lone surrogates show that bytes which aren't UTF-8 were lost, or that the file was saved in another encoding.
const isFaithful = (text: string): boolean => !/[\uFFFD\p{Surrogate}]/u.test(text);

/** Returns undefined for what isn't base64, which Buffer would skip. Line breaks and a missing `=` are fine. */
function decodeBase64(text: string): Uint8Array | undefined {
  const body = Buffer.from(text, 'base64');
  const bare = (base64: string): string => base64.replace(/[\r\n]/g, '').replace(/={1,2}$/, '');
  return bare(body.toString('base64')) === bare(text) ? body : undefined;
}
