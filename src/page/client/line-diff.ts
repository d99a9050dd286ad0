/** Consecutive lines that are in both texts, or in only one. */
export interface Run {
  kind: 'same' | 'added' | 'removed';
  lines: string[];
}

/** A point in a comparison: how many lines of each text are consumed, and the point before it. */
interface Path {
  x: number;
  y: number;
  from: Path | undefined;
}

/**
 * Compares two lists of lines with as few changes as possible, removals before additions. Undefined if it takes more than
 * `longest` milliseconds. This is Myers' greedy search; a library for it is four times as long as this whole file.
 */
export function diffLines(before: readonly string[], after: readonly string[], longest: number): Run[] | undefined {
  const deadline = performance.now() + longest;
  /** The furthest paths, by how many more lines were removed than added. */
  const paths = new Map<number, Path>();
  for (let changes = 0; performance.now() <= deadline; changes += 1)
    for (let surplus = -changes; surplus <= changes; surplus += 2) {
      const from = furthest(paths.get(surplus - 1), paths.get(surplus + 1));
      let x = from ? from.x + (surplus > from.x - from.y ? 1 : 0) : 0;
      while (x < before.length && x - surplus < after.length && before[x] === after[x - surplus]) x += 1;
      const path = { x, y: x - surplus, from };
      if (x >= before.length && path.y >= after.length) return runsOf(path, before, after);
      paths.set(surplus, path);
    }
  return undefined;
}

/** `fewer` removes one more line, `more` adds one. */
const furthest = (fewer: Path | undefined, more: Path | undefined): Path | undefined =>
  !more || (fewer && fewer.x >= more.x) ? fewer : more;

function runsOf(end: Path, before: readonly string[], after: readonly string[]): Run[] {
  const runs: Run[] = [];
  for (let path: Path | undefined = end; path; path = path.from) {
    const { from } = path;
    const isRemoval = from && path.x - path.y > from.x - from.y;
    // A path without a predecessor has only equal lines.
    const [x, y] = from ? [from.x + (isRemoval ? 1 : 0), from.y + (isRemoval ? 0 : 1)] : [0, 0];
    put(runs, 'same', before.slice(x, path.x));
    if (from) put(runs, isRemoval ? 'removed' : 'added', isRemoval ? before.slice(from.x, x) : after.slice(from.y, y));
  }
  return runs;
}

/** Prepends lines. */
function put(runs: Run[], kind: Run['kind'], lines: string[]): void {
  const [first] = runs;
  if (first?.kind === kind) first.lines.unshift(...lines);
  else if (lines.length > 0) runs.unshift({ kind, lines });
}
