import type { ChangeObject } from 'diff';

export interface ChangedLine {
  kind: 'same' | 'added' | 'removed' | 'left-out';
  text: string;
}

/** Lines around a change that are shown with it. */
const around = 3;

/** More lines would take long to lay out. */
const most = 2000;

/** Lists what changed with a few lines around it, and says how many lines were left out between. */
export function changedLines(changes: readonly ChangeObject<string>[]): ChangedLine[] {
  const lines = changes.flatMap(({ added, removed, value }, index): ChangedLine[] => {
    const texts = value.replace(/\n$/, '').split('\n');
    if (added || removed) return texts.map(text => ({ kind: added ? 'added' : 'removed', text }));
    return shortened(texts, { isFirst: index === 0, isLast: index === changes.length - 1 });
  });
  return lines.length <= most ? lines : [...lines.slice(0, most), leftOut(lines.length - most)];
}

function shortened(
  texts: readonly string[],
  { isFirst, isLast }: { isFirst: boolean; isLast: boolean },
): ChangedLine[] {
  const [head, tail] = [isFirst ? 0 : around, isLast ? 0 : around];
  if (texts.length <= head + tail + 1) return texts.map(same);
  return [
    ...texts.slice(0, head).map(same),
    leftOut(texts.length - head - tail),
    ...(tail > 0 ? texts.slice(-tail) : []).map(same),
  ];
}

const same = (text: string): ChangedLine => ({ kind: 'same', text });

const leftOut = (count: number): ChangedLine => ({
  kind: 'left-out',
  text: count === 1 ? '1 more line' : `${count} more lines`,
});
