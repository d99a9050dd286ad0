/** In bytes. Longer than any record: a receiver's largest body is 64 MiB, which records hold in base64. */
const longestLine = 128 * 1024 * 1024;

const lineFeed = 0x0a;

/** Marks the end of a cut line, so that it is neither JSON nor a record. */
const cut = Buffer.of(0);

/**
 * Splits a stream into pieces of whole lines: one for each chunk with a line end. The last line may lack its
 * line break. A line longer than `longest` bytes is cut.
 */
export async function* piecesOf(stream: AsyncIterable<Buffer>, longest = longestLine): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const end = chunk.lastIndexOf(lineFeed) + 1;
    if (end > 0) {
      const piece = chunk.subarray(length > longest ? chunk.indexOf(lineFeed) : 0, end);
      yield rest.length === 0 ? piece : Buffer.concat([...rest, piece]);
      [rest, length] = [[], 0];
    }
    if (end < chunk.length && length <= longest) {
      rest.push(chunk.subarray(end));
      length += chunk.length - end;
      if (length > longest) rest.push(cut);
    }
  }
  if (length > 0) yield Buffer.concat(rest);
}

/**
 * Returns the lines of a piece, without their line breaks; a number for that many blank ones, since a file may have millions
 * of them. Only LF ends a line: Node's line reader would also split at a lone CR.
 */
export function linesIn(piece: Buffer): (Buffer | number)[] {
  const lines: (Buffer | number)[] = [];
  let [start, blank] = [0, 0];
  while (start < piece.length) {
    const found = piece.indexOf(lineFeed, start);
    const end = found < 0 ? piece.length : found;
    if (isBlank(piece, start, end)) blank += 1;
    else {
      if (blank > 0) lines.push(blank);
      blank = 0;
      lines.push(piece.subarray(start, end));
    }
    start = end + 1;
    // Count a run of line breaks without searching for each.
    for (; piece[start] === lineFeed; start += 1) blank += 1;
  }
  if (blank > 0) lines.push(blank);
  return lines;
}

/** Returns the same of a piece as text. */
export function textLinesIn(piece: string): (string | number)[] {
  const lines: (string | number)[] = [];
  let [start, blank] = [0, 0];
  while (start < piece.length) {
    const found = piece.indexOf('\n', start);
    const line = piece.slice(start, found < 0 ? piece.length : found);
    if (/^[ \t\r]*$/.test(line)) blank += 1;
    else {
      if (blank > 0) lines.push(blank);
      blank = 0;
      lines.push(line);
    }
    start += line.length + 1;
    for (; piece.charCodeAt(start) === lineFeed; start += 1) blank += 1;
  }
  if (blank > 0) lines.push(blank);
  return lines;
}

function isBlank(piece: Buffer, start: number, end: number): boolean {
  let position = start;
  while (position < end && blanks.includes(piece[position])) position += 1;
  return position === end;
}

/** A space, a tab, and the CR that Git and some editors put before a line feed. */
export const blanks: readonly (number | undefined)[] = [0x20, 0x09, 0x0d];
