import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

/** Each of these returns undefined for another format, for broken data, and for output above 8 MiB. */
export const gunzip = (bytes: Uint8Array): Uint8Array | undefined =>
  bytes[0] === 0x1f && bytes[1] === 0x8b ? attempt(gunzipSync, bytes) : undefined;

/** `deflate` in HTTP means the zlib format; some send the bare stream: RFC 9110, 8.4.1.2. */
export function inflate(bytes: Uint8Array, encoding: string): Uint8Array | undefined {
  if (hasZlibHead(bytes)) return attempt(inflateSync, bytes);
  return encoding === 'deflate' ? attempt(inflateRawSync, bytes) : undefined;
}

/** Brotli has no magic number, so the header has to name it. */
export const unbrotli = (bytes: Uint8Array, encoding: string): Uint8Array | undefined =>
  encoding === 'br' ? attempt(brotliDecompressSync, bytes) : undefined;

const options = { maxOutputLength: 8 * 2 ** 20 };

function attempt(
  decompress: (bytes: Uint8Array, limits: typeof options) => Uint8Array,
  bytes: Uint8Array,
): Uint8Array | undefined {
  try {
    return decompress(bytes, options);
  } catch {
    return undefined;
  }
}

/** RFC 1950, 2.2: method 8 in the low half, and both bytes together a multiple of 31. */
function hasZlibHead([first = 0, second = 0]: Uint8Array): boolean {
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}
