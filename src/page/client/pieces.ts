import { unseen } from '../../text/visible.js';

/** A part of a text: shown as it is, or a character that nobody would see, as its escape. */
export interface Piece {
  text: string;
  isOdd: boolean;
}

const plain = /^[\x20-\x7e\n\t]*$/;

let compiled: RegExp | undefined;

/** Divides a text at characters that can't be seen. Line breaks and tabs of a text with several lines can. */
export function piecesOf(text: string, { isOneLine = false } = {}): Piece[] {
  if (plain.test(text) && !(isOneLine && /[\n\t]/.test(text))) return [{ text, isOdd: false }];
  compiled ??= new RegExp(`([${unseen()}])`, 'u');
  const isShown = (odd: string): boolean => !isOneLine && /[\n\t]/.test(odd);
  // Every second part is what was split at.
  return text
    .split(compiled)
    .map((part, index) =>
      index % 2 === 0 || isShown(part) ? { text: part, isOdd: false } : { text: escapeOf(part), isOdd: true },
    )
    .filter(piece => piece.text !== '');
}

/** As JSON escapes it: `\u202e`. */
const escapeOf = (odd: string): string =>
  short[odd] ??
  Array.from({ length: odd.length }, (_, unit) => `\\u${odd.charCodeAt(unit).toString(16).padStart(4, '0')}`).join('');

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
