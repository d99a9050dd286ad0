import type { Span } from './text.js';

/** A position as an editor shows it. Both numbers start at 1; tabs and emoji take one column each. */
export interface LineColumn {
  line: number;
  column: number;
}

/** Returns a function that finds the line and column of spans. Call it in the order of the spans' starts. */
export function lineColumnFinder(text: string): (span: Span) => LineColumn {
  let [line, lineStart] = [1, 0];
  return ({ start }) => {
    for (let end = text.indexOf('\n', lineStart); end !== -1 && end < start; end = text.indexOf('\n', lineStart)) {
      [line, lineStart] = [line + 1, end + 1];
    }
    return { line, column: charactersIn(text.slice(lineStart, start)) + 1 };
  };
}

/** Returns a function that finds the lines of spans, in any order. */
export function lineFinder(text: string): (span: Span) => number {
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
