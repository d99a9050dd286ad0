import { counted } from '../../text/words.js';
import type { Run } from './line-diff.js';

export interface ChangedLine {
  kind: Run['kind'] | 'left-out';
  text: string;
}

/** Lines of context around a change. */
const around = 3;

/** More lines would be slow to lay out. */
const most = 2000;

/** Lists the changes with a few lines of context, and says how many lines were left out in between. */
export function changedLines(runs: readonly Run[]): ChangedLine[] {
  const lines = runs.flatMap(({ kind, lines }, index): ChangedLine[] => {
    const texts = lines.map(text => ({ kind, text }));
    const [head, tail] = [index === 0 ? 0 : around, index === runs.length - 1 ? 0 : around];
    const count = texts.length - head - tail;
    if (kind !== 'same' || count <= 1) return texts;
    return [...texts.slice(0, head), leftOut(count), ...texts.slice(texts.length - tail)];
  });
  return lines.length <= most ? lines : [...lines.slice(0, most), leftOut(lines.length - most)];
}

const leftOut = (count: number): ChangedLine => ({
  kind: 'left-out',
  text: counted(count, 'more line'),
});
