import { unseen } from '../../text/visible.js';

/** A part of a text: shown as is, or an invisible character as its escape. */
export interface Piece {
  text: string;
  isOdd: boolean;
}

const plain = /^[\x20-\x7e\n\t]*$/;

let compiled: RegExp | undefined;

/** Splits a text at invisible characters. In a multi-line text, line breaks and tabs count as visible. */
export function piecesOf(text: string, { isOneLine = false } = {}): Piece[] {
  if (plain.test(text) && !(isOneLine && /[\n\t]/.test(text))) return [{ text, isOdd: false }];
  compiled ??= new RegExp(`([${unseen()}])`, 'u');
  const isShown = (odd: string): boolean => !isOneLine && /[\n\t]/.test(odd);
  // Every second part is a separator.
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
