import type { Mark } from '../types.js';
import { jsonTokens, type JsonToken } from '../../json/lexemes.js';

export interface Part {
  text: string;
  /** The class of a coloured lexeme. */
  kind?: 'key' | 'string' | 'number' | 'word';
  /** Differs from what was signed. */
  isMarked?: boolean;
  /** Was signed, but is missing here. */
  isMissing?: boolean;
}

export interface Line {
  /** Levels of indentation. */
  level: number;
  parts: Part[];
}

/** Deeper levels get no more indentation: it would leave no width for the text. */
const mostLevels = 24;

/** Lays out JSON, one value per line. Undefined if the text isn't JSON. */
export function prettyLines(text: string): Line[] | undefined {
  const tokens = jsonTokens(text);
  if (!tokens) return undefined;
  const lines: Line[] = [];
  let [level, line] = [0, startLine(lines, 0)];
  tokens.forEach((token, index) => {
    if (token.kind === 'close') level -= 1;
    if (isOnNewLine(token, tokens[index - 1])) line = startLine(lines, level);
    if (token.kind === 'open') level += 1;
    add(line, token, text);
  });
  return lines;
}

/** `pretty` as text, one value per line. */
export const textOfLines = (lines: readonly Line[]): string =>
  lines.map(({ level, parts }) => '  '.repeat(level) + parts.map(part => part.text).join('')).join('\n');

function startLine(lines: Line[], level: number): Line {
  const line = { level: Math.min(level, mostLevels), parts: [] };
  lines.push(line);
  return line;
}

function isOnNewLine({ kind }: JsonToken, before: JsonToken | undefined): boolean {
  if (!before) return false;
  return kind === 'close' ? before.kind !== 'open' : before.kind === 'open' || before.kind === 'comma';
}

function add({ parts }: Line, { kind, start, end }: JsonToken, text: string): void {
  const written = kind === 'colon' ? ': ' : text.slice(start, end);
  const last = parts.at(-1);
  if (kind === 'key' || kind === 'string' || kind === 'number' || kind === 'word') parts.push({ text: written, kind });
  // A single text node for `: {` and the like.
  else if (last && !last.kind) last.text += written;
  else parts.push({ text: written });
}

/** The lines of a text as written. Marks are in text order. */
export function rawLines(text: string, marks: readonly Mark[] = []): Line[] {
  const lines: Line[] = [{ level: 0, parts: [] }];
  let end = 0;
  for (const mark of marks) {
    append(lines, { text: text.slice(end, mark.start) });
    if (mark.missing !== undefined) append(lines, { text: shownMissing(mark.missing), isMissing: true });
    if (mark.end > mark.start) append(lines, { text: text.slice(mark.start, mark.end), isMarked: true });
    end = Math.max(end, mark.end);
  }
  append(lines, { text: text.slice(end) });
  return lines;
}

/** Symbols for blanks: few fonts have Unicode's control pictures. */
const signOf: Readonly<Record<string, string>> = { ' ': '·', '\t': '→', '\r': '\\r', '\n': '↵', '\ufeff': '\\ufeff' };

const signed = (blanks: string): string => blanks.replace(/[ \t\r\n\ufeff]/g, blank => signOf[blank] ?? blank);

/** Stays on the line that it is missing from. */
const shownMissing = (text: string): string => (/^\s*$/.test(text) ? signed(text) : text.replace(/\s*\n\s*/g, signed));

function append(lines: Line[], { text, ...rest }: Part): void {
  const pieces = text.split('\n');
  pieces.forEach((piece, index) => {
    const isLast = index === pieces.length - 1;
    // A marked line break needs a visible symbol.
    const content = rest.isMarked ? signed(piece) + (isLast ? '' : signed('\n')) : piece;
    if (content !== '') lines.at(-1)?.parts.push({ text: content, ...rest });
    if (!isLast) lines.push({ level: 0, parts: [] });
  });
}

const bytesPerRow = 16;

export interface HexRow {
  offset: string;
  hex: string;
  text: string;
}

export function hexRows(bytes: Uint8Array, most: number): HexRow[] {
  const count = Math.min(most, Math.ceil(bytes.length / bytesPerRow));
  return Array.from({ length: count }, (_, row) => {
    const part = [...bytes.subarray(row * bytesPerRow, (row + 1) * bytesPerRow)];
    const pairs = part.map(byte => byte.toString(16).padStart(2, '0'));
    return {
      offset: (row * bytesPerRow).toString(16).padStart(8, '0'),
      hex: `${pairs.slice(0, 8).join(' ')}  ${pairs.slice(8).join(' ')}`.trimEnd(),
      text: part.map(byte => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join(''),
    };
  });
}
