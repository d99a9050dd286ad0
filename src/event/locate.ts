import { flawIn } from '../json/flaw.js';
import { lineColumnFinder, type LineColumn } from '../json/line-column.js';
import { readJsonText, type Loss, type Span } from '../json/text.js';
import type { Problem, ProblemCode } from './problem.js';

export type LocatedProblem = Problem & LineColumn;

/**
 * Locates the problems of a body, and adds those that only its text shows: a duplicate key, a number with too many digits,
 * a string with half a character.
 * Returns them in the order of the text.
 */
export function locate(
  body: Uint8Array,
  { problems, text }: { problems: readonly Problem[]; text: string | undefined },
): LocatedProblem[] {
  const shown = text ?? new TextDecoder().decode(body);
  const found = text === undefined ? atFirstBadByte(problems, body, shown) : inText(problems, text);
  const lineColumnOf = lineColumnFinder(shown);
  return found
    .toSorted((left, right) => left.span.start - right.span.start)
    .map(({ problem, span }) => ({ ...problem, ...lineColumnOf(span) }));
}

interface Found {
  problem: Problem;
  span: Span;
}

function inText(problems: readonly Problem[], text: string): Found[] {
  const [first] = problems;
  if (first?.code === 'not-json') {
    const { words, span } = flawIn(text);
    return [{ problem: { ...first, ...(words !== undefined && { found: words }) }, span }];
  }
  if (first?.code === 'too-deep') return [{ problem: first, span: beginning }];
  const { spanOf, lost } = readJsonText(text);
  const known = problems.map(problem => ({
    problem,
    span: spanOf(problem.path, aboutKeys.includes(problem.code) ? 'key' : 'value'),
  }));
  return [...known, ...lost().map(lossFound)];
}

const lossFound = ({ kind: code, path, span, ...rest }: Loss): Found => ({
  problem: { level: 'warning', code, path, ...('read' in rest && { found: rest.read }) },
  span,
});

const beginning: Span = { start: 0, end: 0 };

const aboutKeys: readonly ProblemCode[] = ['unknown-key', 'wrong-key'];

/** Finds the first U+FFFD that the decoder inserted for invalid bytes. A body may contain its own. */
function atFirstBadByte(problems: readonly Problem[], body: Uint8Array, shown: string): Found[] {
  // In UTF-16 or gzip, no byte is worse than the others.
  if (problems.some(({ found }) => found !== undefined)) return problems.map(problem => ({ problem, span: beginning }));
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  let start = shown.indexOf('\ufffd');
  for (let offset = 0, from = 0; start !== -1; start = shown.indexOf('\ufffd', from)) {
    offset += Buffer.byteLength(shown.slice(from, start));
    if (bytes.subarray(offset, offset + 3).toString('hex') !== 'efbfbd') break;
    [offset, from] = [offset + 3, start + 1];
  }
  return problems.map(problem => ({ problem, span: { start: Math.max(0, start), end: start } }));
}
