export interface Line {
  /** In latin1, one character for each byte, without the line break. */
  text: string;
  /** The position where the next line begins. */
  next: number;
}

/** In bytes. No message has a longer line, and a longer one might not fit into a string. */
const longestLine = 1024 * 1024;

/** Returns the line that begins at `start` and ends with CRLF or LF; undefined if it has no end. */
export function lineAt(bytes: Uint8Array, start: number): Line | undefined {
  const line = bytes.subarray(start, start + longestLine);
  const end = line.indexOf(0x0a);
  if (end === -1) return undefined;
  const stop = line[end - 1] === 0x0d ? end - 1 : end;
  return { text: Buffer.from(line.buffer, line.byteOffset, stop).toString('latin1'), next: start + end + 1 };
}
