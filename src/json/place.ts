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

const charactersIn = (text: string): number =>
  text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
