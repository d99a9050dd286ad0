/** Longer than any record: the largest body of a listener is 64 MiB, in base64. */
const longestLine = 128 * 1024 * 1024;

const lineFeed = 0x0a;

/** Ends what is kept of a line that is longer: with it, the line is no JSON, and no record. */
const cut = Buffer.of(0);

/**
 * Pieces of a stream that end with a line, all but the last with its line break; one for each chunk with a line's end.
 * Of a line that doesn't end for more than `longest` bytes, the rest is left out.
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

/** The lines of a piece, without their line breaks. Split at LF alone: a line reader of Node's would split at a lone CR, too. */
export function linesIn(piece: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = piece.indexOf(lineFeed); end >= 0; end = piece.indexOf(lineFeed, start)) {
    lines.push(piece.subarray(start, end));
    start = end + 1;
  }
  if (start < piece.length) lines.push(piece.subarray(start));
  return lines;
}
