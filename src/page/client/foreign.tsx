import { Fragment } from 'preact';
import { piecesOf } from './pieces.js';

/** A text from outside, on one line: what can't be seen is shown as its escape, and its direction changes nothing around it. */
export function Foreign({ text }: { text: string }) {
  return (
    <bdi>
      <Pieces text={text} isOneLine />
    </bdi>
  );
}

export function Pieces({ text, isOneLine = false }: { text: string; isOneLine?: boolean }) {
  return (
    <>
      {piecesOf(text, { isOneLine }).map((piece, index) =>
        piece.isOdd ? (
          <span key={index} class="odd">
            {piece.text}
          </span>
        ) : (
          <Fragment key={index}>{piece.text}</Fragment>
        ),
      )}
    </>
  );
}
