import type { FileHandle } from 'node:fs/promises';

/** A line of a file, without its line break, and its offset. */
export interface PlacedLine {
  start: number;
  line: Buffer;
  /** Whether it ends with a line break. */
  isEnded: boolean;
}

const lineFeed = 0x0a;

/** In bytes. */
const chunkSize = 256 * 1024;

/** In bytes. Longer than any record: a receiver takes bodies up to 64 MiB, which records hold in base64. */
const longestLine = 128 * 1024 * 1024;

/** Reads the lines of a file from `start` on, several at a time. Skips lines that are too long for a record. */
export async function* linesOf(file: FileHandle, start: number): AsyncGenerator<PlacedLine[]> {
  let [parts, begin, length]: [Buffer[], number, number] = [[], start, 0];
  const lineWith = (last: Buffer): Buffer => (parts.length === 0 ? last : Buffer.concat([...parts, last]));
  for (let position = start; ;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(chunkSize), 0, chunkSize, position);
    if (bytesRead === 0) break;
    const chunk = buffer.subarray(0, bytesRead);
    const lines: PlacedLine[] = [];
    let from = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, from)) {
      if (length <= longestLine) lines.push({ start: begin, line: lineWith(chunk.subarray(from, end)), isEnded: true });
      from = end + 1;
      [parts, begin, length] = [[], position + from, 0];
    }
    length += bytesRead - from;
    if (length > longestLine) parts = [];
    else if (from < bytesRead) parts.push(chunk.subarray(from));
    position += bytesRead;
    yield lines;
  }
  if (length > 0 && length <= longestLine) yield [{ start: begin, line: lineWith(Buffer.alloc(0)), isEnded: false }];
}
