import type { Span } from './text.js';

/** A place in a text, as an editor counts: both from 1, a column for each character, tabs and emoji alike. */
export interface Place {
  line: number;
  column: number;
}

/** Finds the places of spans; each must begin where the one before begins, or after it. */
export function placesIn(text: string): (span: Span) => Place {
  let [line, lineStart] = [1, 0];
  return ({ start }) => {
    for (let end = text.indexOf('\n', lineStart); end !== -1 && end < start; end = text.indexOf('\n', lineStart)) {
      [line, lineStart] = [line + 1, end + 1];
    }
    return { line, column: charactersIn(text.slice(lineStart, start)) + 1 };
  };
}

/** Finds the lines of spans, in any order. */
export function linesIn(text: string): (span: Span) => number {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return ({ start }) => {
    let [line, after] = [1, starts.length + 1];
    while (after - line > 1) {
      const middle = Math.floor((line + after) / 2);
      if ((starts[middle - 1] ?? 0) <= start) line = middle;
      else after = middle;
    }
    return line;
  };
}

const charactersIn = (text: string): number =>
  text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
