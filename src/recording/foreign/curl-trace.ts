/** A part of a request in a dump of curl. */
export interface Block {
  what: 'Send header' | 'Send data';
  /** Undefined if their number is wrong. */
  bytes: Buffer | undefined;
  /** Whether a byte may differ from the one shown. */
  isLossy: boolean;
}

const blockLine = /^(?:\d\d:\d\d:\d\d\.\d+ )?(?:\[\d+-\d+\] )?(?:=>|<=|==) (\w+(?: \w+)*)(?:, (\d+) bytes)?/;
const dumpLine = /^([0-9a-f]{4,8}): (.*)$/s;

interface DumpLine {
  offset: number;
  text: string;
}

/** An incomplete dump. */
interface Dump {
  what: Block['what'];
  size: number;
  lines: DumpLine[];
}

/** Reads the dumps of `--trace` and `--trace-ascii`, line by line. */
export function* blocksIn(lines: Iterable<string>): Generator<Block> {
  let current: Dump | undefined;
  for (const line of lines) {
    const begun = blockLine.exec(line);
    if (!begun) {
      if (current) addLine(line, current.lines);
      continue;
    }
    if (current) yield blockOf(current);
    current = dumpOf(begun);
  }
  if (current) yield blockOf(current);
}

const dumpOf = ([, what, size]: RegExpExecArray): Dump | undefined =>
  what === 'Send header' || what === 'Send data' ? { what, size: Number(size), lines: [] } : undefined;

function addLine(line: string, lines: DumpLine[]): void {
  const [, offset, text = ''] = dumpLine.exec(line) ?? [];
  if (offset !== undefined) lines.push({ offset: parseInt(offset, 16), text });
}

function blockOf({ what, size, lines }: Dump): Block {
  const exact = Buffer.concat(lines.map(({ text }) => hexIn(text)));
  // Text may look like numbers, but then their count is wrong.
  if (exact.length === size) return { what, bytes: exact, isLossy: false };
  const text = textIn(lines, size);
  return {
    what,
    bytes: text === undefined ? undefined : Buffer.from(text, 'latin1'),
    isLossy: text?.includes('.') ?? true,
  };
}

function hexIn(text: string): Buffer {
  const [digits = ''] = /^(?:[0-9a-f]{2} ){1,16}/.exec(text) ?? [];
  return Buffer.from(digits.replaceAll(' ', ''), 'hex');
}

/** A line ends when it's full, or at CRLF, in which case the next one starts two bytes later. */
function textIn(lines: readonly DumpLine[], size: number): string | undefined {
  let whole = '';
  for (const [index, { offset, text }] of lines.entries()) {
    if (offset !== whole.length) return undefined;
    const next = lines[index + 1]?.offset ?? size;
    const missing = next - offset - text.length;
    if (missing !== 0 && missing !== 2) return undefined;
    whole += missing === 2 ? `${text}\r\n` : text;
  }
  return whole.length === size ? whole : undefined;
}
