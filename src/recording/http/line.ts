export interface Line {
  /** Latin-1: a character for each byte. Without its end. */
  text: string;
  /** Where the next line begins. */
  next: number;
}

/** In bytes. What has no end within as many is no line of a message, and might not fit into a string. */
const longestLine = 1024 * 1024;

/** The line that begins at `start` and ends with CRLF or LF; undefined if it has no end. */
export function lineAt(bytes: Uint8Array, start: number): Line | undefined {
  const line = bytes.subarray(start, start + longestLine);
  const end = line.indexOf(0x0a);
  if (end === -1) return undefined;
  const stop = line[end - 1] === 0x0d ? end - 1 : end;
  return { text: Buffer.from(line.buffer, line.byteOffset, stop).toString('latin1'), next: start + end + 1 };
}
