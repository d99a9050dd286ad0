import { locate, type LocatedProblem } from '../../event/locate.js';
import type { BodyVerdict } from '../../event/judge-body.js';
import type { Excerpt, ProblemReport } from './reports.js';

interface Options {
  file: string;
  isStrict: boolean;
  isExcerptShown: boolean;
}

/**
 * Where a body begins: its line in the file, its column if that isn't the first, and its number if it is a request in a
 * recording or an item of an array, all from 1.
 */
export type BodyPosition = Pick<ProblemReport, 'line' | 'index' | 'item'> & { column?: number };

export type LocatedBody = BodyPosition & { body: Uint8Array };

/** Reports the problems of a body, with line and column of the file, or of the body for a request in a recording. */
export function problemReports(
  { body, line: firstLine, column: firstColumn = 1, index, item }: LocatedBody,
  { problems, inspection: { text } }: BodyVerdict,
  { file, isStrict, isExcerptShown }: Options,
): ProblemReport[] {
  const lines = isExcerptShown ? (text ?? new TextDecoder().decode(body)).split('\n') : [];
  return locate(body, { problems, text }).map(({ level, line, column, ...problem }) => ({
    type: 'problem',
    file,
    ...(index !== undefined && { index }),
    ...(item !== undefined && { item }),
    line: firstLine + line - 1,
    column: line === 1 ? firstColumn + column - 1 : column,
    level: isStrict ? 'error' : level,
    ...problem,
    ...(isExcerptShown && { excerpt: excerptOf(lines[line - 1] ?? '', column) }),
  }));
}

/** Characters to show before and after a problem. */
const around = 60;

function excerptOf(line: string, column: LocatedProblem['column']): Excerpt {
  const characters = Array.from(line.replace(/\r$/, '').replaceAll('\t', ' '));
  const [before, after] = [
    characters.slice(Math.max(0, column - 1 - around), column - 1),
    characters.slice(column - 1),
  ];
  return { text: [...before, ...after.slice(0, around)].join(''), offset: before.join('').length };
}
