import { locate, type LocatedProblem } from '../../event/locate.js';
import type { Judgement } from './judge.js';
import type { Excerpt, ProblemReport } from './reports.js';

interface Manner {
  file: string;
  isStrict: boolean;
  isExcerptShown: boolean;
}

/** A body, and where it stands. `line`: of the file, from 1. `index`: of a request in a recording, from 1; its lines are counted within its body. */
export interface LocatedBody extends Pick<ProblemReport, 'line' | 'index'> {
  body: Uint8Array;
}

/** What to say of a body. Line and column are those of the file, or those of the body for a request in a recording. */
export function problemReports(
  { body, line: firstLine, index }: LocatedBody,
  { problems, inspection: { text } }: Judgement,
  { file, isStrict, isExcerptShown }: Manner,
): ProblemReport[] {
  const lines = isExcerptShown ? (text ?? new TextDecoder().decode(body)).split('\n') : [];
  return locate(body, { problems, text }).map(({ level, line, column, ...problem }) => ({
    ...{ type: 'problem', file, ...(index !== undefined && { index }), line: firstLine + line - 1, column },
    ...{ level: isStrict ? 'error' : level, ...problem },
    ...(isExcerptShown && { excerpt: excerptOf(lines[line - 1] ?? '', column) }),
  }));
}

/** Characters before and after a problem that are enough to recognise it. */
const around = 60;

function excerptOf(line: string, column: LocatedProblem['column']): Excerpt {
  const characters = Array.from(line.replace(/\r$/, '').replaceAll('\t', ' '));
  const [before, after] = [
    characters.slice(Math.max(0, column - 1 - around), column - 1),
    characters.slice(column - 1),
  ];
  return { text: [...before, ...after.slice(0, around)].join(''), offset: before.join('').length };
}
