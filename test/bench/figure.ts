import { readFileSync, writeSync } from 'node:fs';

/** One thing to measure, and what it's compared with. */
export interface Figure {
  what: string;
  against: string;
  /** The target for the ratio; undefined for a peer that's shown only for comparison. */
  reach?: Bound | undefined;
  /** Seconds (less is better) or a rate (more is better), measured again each time. */
  ours: () => Promise<number>;
  theirs: () => Promise<number>;
  unit: 's' | '/s';
  /** Fewer than usual if each takes long. */
  pairs?: number;
}

/** For a ratio, or for a figure without a comparison. */
export type Bound = { most: number } | { least: number };

export interface Row {
  what: string;
  against: string;
  unit: string;
  ours: number;
  theirs?: number;
  /** The median of all pairs, with the lowest and the highest. */
  ratio?: number;
  spread?: [number, number];
  /** The ratio of the CPU time (user and system) of all programs that ended in between, over all pairs. */
  cpu?: number | undefined;
  pairs?: number;
  reach?: Bound | undefined;
  isReached?: boolean | undefined;
}

/** Measures in alternation, so that a busy minute of the machine affects both alike. */
export async function measure({ ours, theirs, ...figure }: Figure, usualPairs: number): Promise<Row> {
  const { what, against, unit, reach } = figure;
  const count = Math.min(figure.pairs ?? usualPairs, usualPairs);
  const pairs: [number, number][] = [];
  // The first run reads files and code from disk, so it doesn't count.
  await ours();
  await theirs();
  const spent = { ours: 0, theirs: 0 };
  for (let index = 0; index < count; index += 1) {
    const begin = spentByChildren();
    const our = await ours();
    const between = spentByChildren();
    const their = await theirs();
    spent.ours += between - begin;
    spent.theirs += spentByChildren() - between;
    pairs.push([our, their]);
  }
  const ratios = pairs.map(([our, their]) => our / their).sort((one, other) => one - other);
  const ratio = median(ratios);
  const row: Row = {
    ...{ what, against, unit, ratio, pairs: count, reach, isReached: isWithin(ratio, reach) },
    ...{ ours: median(pairs.map(([our]) => our)), theirs: median(pairs.map(([, their]) => their)) },
    spread: [ratios[0] ?? ratio, ratios.at(-1) ?? ratio],
    cpu: spent.theirs > 0 ? spent.ours / spent.theirs : undefined,
  };
  tell(row);
  return row;
}

/** In ticks, for children that have ended: proc_pid_stat(5), fields 16 and 17. 0 on systems without it. */
function spentByChildren(): number {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[13]) + Number(fields[14]);
  } catch {
    return 0;
  }
}

/** A figure without a comparison, such as a size. */
export function single(row: Pick<Row, 'what' | 'unit' | 'ours' | 'reach'>): Row {
  const whole: Row = { ...row, against: '–', isReached: isWithin(row.ours, row.reach) };
  tell(whole);
  return whole;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

const isWithin = (value: number, reach: Bound | undefined): boolean | undefined =>
  reach && ('most' in reach ? value <= reach.most : value >= reach.least);

/** It takes minutes to complete the table. */
const tell = ({ what, ratio, ours, unit }: Row): void => {
  writeSync(2, `${what}: ${ratio === undefined ? `${ours} ${unit}` : `${ratio.toFixed(2)} ×`}\n`);
};
