import type { ComponentChildren } from 'preact';
import { piecesOf } from './pieces.js';

/** A text from outside, on one line: invisible characters become escapes, and its direction doesn't affect the text around it. */
export const Foreign = ({ text }: { text: string }) => <bdi>{shown(text, true)}</bdi>;

/** A text from outside that may have several lines. */
export const Pieces = ({ text }: { text: string }) => <>{shown(text, false)}</>;

const shown = (text: string, isOneLine: boolean): ComponentChildren =>
  piecesOf(text, { isOneLine }).map(piece => (piece.isOdd ? <span class="odd">{piece.text}</span> : piece.text));
