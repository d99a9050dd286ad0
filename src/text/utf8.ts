const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Returns the text of exactly these bytes, with its byte order mark; undefined if they aren't UTF-8. */
export function utf8In(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}
