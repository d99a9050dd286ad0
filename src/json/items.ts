/** An item of an array in a JSON text, and its position: line and column from 1, the column in characters. */
export interface Item {
  bytes: Buffer;
  line: number;
  column: number;
}

const [lineFeed, quote, comma, backslash, openArray, closeArray, openObject, closeObject] = Buffer.from('\n",\\[]{}');

/** Whether a text is a non-empty array. */
export const isFilledArray = (text: Buffer): boolean => /^[ \t\r\n]*\[[ \t\r\n]*[^\] \t\r\n]/.test(beginning(text));

/** Limits the search for the first characters: blanks may come first. */
const beginning = (text: Buffer): string => text.subarray(0, 64 * 1024).toString('latin1');

/**
 * Splits an array into its items without parsing them, so that a broken item doesn't affect the others. A flaw of
 * the array itself (an extra comma, a missing bracket, text after it) becomes an item that isn't JSON, at that place.
 */
export function* itemsIn(text: Buffer): Generator<Item> {
  const cursor: Cursor = { text, offset: text.indexOf('[') + 1, line: 1, column: 1 };
  walkTo(cursor, text.indexOf('[') + 1);
  for (;;) {
    skipBlanks(cursor);
    const item = { line: cursor.line, column: cursor.column, start: cursor.offset };
    const { end, last, isWhole } = endOfItem(cursor);
    yield { bytes: text.subarray(item.start, end), line: item.line, column: item.column };
    if (last === closeArray) break;
    if (last !== undefined) continue;
    // The bracket is missing. A truncated item is reported on its own.
    if (isWhole) yield { bytes: text.subarray(text.length), line: cursor.line, column: cursor.column };
    return;
  }
  skipBlanks(cursor);
  const { offset, line, column } = cursor;
  if (offset < text.length) yield { bytes: text.subarray(offset), line, column };
}

interface Cursor {
  text: Buffer;
  offset: number;
  line: number;
  column: number;
}

function step(cursor: Cursor): void {
  const byte = cursor.text[cursor.offset] ?? 0;
  cursor.offset += 1;
  if (byte === lineFeed) [cursor.line, cursor.column] = [cursor.line + 1, 1];
  // All bytes of a character except the first are 10xxxxxx.
  else if ((byte & 0xc0) !== 0x80) cursor.column += 1;
}

function walkTo(cursor: Cursor, offset: number): void {
  cursor.offset = 0;
  while (cursor.offset < offset) step(cursor);
}

const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

function skipBlanks(cursor: Cursor): void {
  while (isBlank(cursor.text[cursor.offset])) step(cursor);
}

interface End {
  /** The end of the item, without the blanks after it. */
  end: number;
  /** What ends the item: a comma or a bracket, or undefined at the end of the text. */
  last: number | undefined;
  /** Whether every bracket in it is closed. */
  isWhole: boolean;
}

/** Moves past the comma or bracket that ends the item. */
function endOfItem(cursor: Cursor): End {
  const { text, offset: start } = cursor;
  let [depth, end] = [0, start];
  while (cursor.offset < text.length) {
    const byte = text[cursor.offset];
    if (depth === 0 && (byte === comma || byte === closeArray)) {
      step(cursor);
      return { end, last: byte, isWhole: true };
    }
    if (byte === quote) skipString(cursor);
    depth = Math.max(0, depth + levels(byte));
    if (!isBlank(byte)) end = cursor.offset + 1;
    step(cursor);
  }
  return { end: Math.min(end, text.length), last: undefined, isWhole: depth === 0 && end > start };
}

function levels(byte: number | undefined): number {
  if (byte === openArray || byte === openObject) return 1;
  return byte === closeArray || byte === closeObject ? -1 : 0;
}

/** Moves to the quotation mark that ends the string, or to the end of the text. */
function skipString(cursor: Cursor): void {
  step(cursor);
  while (cursor.offset < cursor.text.length && cursor.text[cursor.offset] !== quote) {
    if (cursor.text[cursor.offset] === backslash) step(cursor);
    step(cursor);
  }
}
