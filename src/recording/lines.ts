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
export const linesIn = (piece: Buffer): (Buffer | number)[] =>
  split<Buffer>({
    length: piece.length,
    at: position => piece[position],
    breakFrom: start => piece.indexOf(lineFeed, start),
    cut: (start, end) => piece.subarray(start, end),
  });

/** Returns the same of a piece as text. */
export const textLinesIn = (piece: string): (string | number)[] =>
  split<string>({
    length: piece.length,
    at: position => piece.charCodeAt(position),
    breakFrom: start => piece.indexOf('\n', start),
    cut: (start, end) => piece.slice(start, end),
  });

interface Piece<Line> {
  length: number;
  at: (position: number) => number | undefined;
  /** The position of the next line break, or -1. */
  breakFrom: (start: number) => number;
  cut: (start: number, end: number) => Line;
}

function split<Line>({ length, at, breakFrom, cut }: Piece<Line>): (Line | number)[] {
  const lines: (Line | number)[] = [];
  let [start, blank] = [0, 0];
  while (start < length) {
    const found = breakFrom(start);
    const end = found < 0 ? length : found;
    let position = start;
    while (position < end && blanks.includes(at(position))) position += 1;
    if (position === end) blank += 1;
    else {
      if (blank > 0) lines.push(blank);
      blank = 0;
      lines.push(cut(start, end));
    }
    start = end + 1;
    // Count a run of line breaks without searching for each.
    for (; start < length && at(start) === lineFeed; start += 1) blank += 1;
  }
  if (blank > 0) lines.push(blank);
  return lines;
}

/** A space, a tab, and the CR that Git and some editors put before a line feed. */
export const blanks: readonly (number | undefined)[] = [0x20, 0x09, 0x0d];
