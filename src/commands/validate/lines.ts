import { InputError } from '../../errors.js';

export interface NumberedLine {
  /** Without the line's end. */
  bytes: Buffer;
  /** From 1. */
  number: number;
}

const lineFeed = 0x0a;

/** In bytes; a longer text is more than one event. */
const longestLine = 128 * 1024 * 1024;

/** The lines of a stream that aren't blank, as many at once as a chunk has. Throws InputError for one without end. */
export async function* numberedLines(stream: AsyncIterable<Buffer>): AsyncGenerator<NumberedLine[]> {
  let number = 1;
  let rest: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const lines: NumberedLine[] = [];
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      const part = chunk.subarray(start, end);
      lines.push({ bytes: length === 0 ? part : Buffer.concat([...rest, part]), number });
      [rest, length, start, number] = [[], 0, end + 1, number + 1];
    }
    rest.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > longestLine) throw new InputError(`line ${number} is longer than 128 MiB`);
    yield lines.filter(hasContent);
  }
  yield [{ bytes: Buffer.concat(rest), number }].filter(hasContent);
}

const hasContent = ({ bytes }: NumberedLine): boolean => bytes.length > 2 || bytes.toString().trim() !== '';
