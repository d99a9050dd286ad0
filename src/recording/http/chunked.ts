import { lineAt } from './line.js';

export interface Unchunked {
  body: Uint8Array;
  /** Whether every size is a number, and the last chunk and the end of the trailers are there. */
  isComplete: boolean;
  /** The number of bytes after the message. */
  surplus: number;
}

/**
 * Decodes a chunked body (https://www.rfc-editor.org/rfc/rfc9112#section-7.1), up to the first broken chunk. By
 * hand, because http-parser-js reads an invalid size as the end of the body, and the byte B5 as a 5.
 */
export function unchunk(bytes: Uint8Array): Unchunked {
  const pieces: Uint8Array[] = [];
  const end = collectChunks(bytes, pieces);
  const body = Buffer.concat(pieces);
  return end === undefined
    ? { body, isComplete: false, surplus: 0 }
    : { body, isComplete: true, surplus: bytes.length - end };
}

/** Adds the chunks to `pieces`. Returns the position where the message ends, or undefined if it doesn't. */
function collectChunks(bytes: Uint8Array, pieces: Uint8Array[]): number | undefined {
  let position = 0;
  for (;;) {
    const head = lineAt(bytes, position);
    const size = head && sizeIn(head.text);
    if (head === undefined || size === undefined) return undefined;
    if (size === 0) return endOfTrailers(bytes, head.next);
    const end = head.next + size;
    pieces.push(bytes.subarray(head.next, end));
    const after = lineAt(bytes, end);
    if (after?.text !== '') return undefined;
    position = after.next;
  }
}

/** Ignores extensions. */
function sizeIn(line: string): number | undefined {
  // Twelve digits are more than any file has, and safe as a number.
  const [, digits] = /^0*([0-9a-f]{1,12})[ \t]*(?:;.*)?$/i.exec(line) ?? [];
  return digits === undefined ? undefined : parseInt(digits, 16);
}

/** Skips trailers: they come too late to be headers of the request. */
function endOfTrailers(bytes: Uint8Array, start: number): number | undefined {
  let line = lineAt(bytes, start);
  while (line?.text.includes(':')) line = lineAt(bytes, line.next);
  return line?.text === '' ? line.next : undefined;
}
