import type { Header } from '../../http/header.js';
import type { CapturedRequest } from '../captured-request.js';
import { decodeBase64, textBody } from '../text-body.js';
import type { HarEntry } from './schema.js';

type PostData = HarEntry['request']['postData'];

/** Returns the body of a request, and whether every byte is reliable. It is never rebuilt from `params`. */
export function bodyOf({
  postData,
  bodySize,
  headers,
  _fidelity,
}: HarEntry['request']): Pick<CapturedRequest, 'body' | 'fidelity'> {
  const encoded = encodedBody(postData);
  if (encoded !== undefined) {
    const decoded = decodeBase64(encoded);
    if (decoded) return { body: decoded, fidelity: _fidelity ?? 'exact' };
    return { body: Buffer.from(postData?.text ?? ''), fidelity: 'inexact' };
  }
  const pairs = headers.map(({ name, value }): Header => [name, value]);
  const { body, fidelity } = textBody(postData?.text ?? '', pairs, bodySize);
  return { body, fidelity: isInPieces(postData) ? 'inexact' : fidelity };
}

function encodedBody(postData: PostData): string | undefined {
  if (postData?._bodyBase64 !== undefined) return postData._bodyBase64;
  return postData?.encoding?.toLowerCase() === 'base64' ? (postData.text ?? undefined) : undefined;
}

/** Returns whether there are form fields without their original text. */
const isInPieces = (postData: PostData): boolean => !postData?.text && (postData?.params?.length ?? 0) > 0;
