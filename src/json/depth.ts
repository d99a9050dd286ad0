/** Whether objects and arrays are nested more than `most` levels deep. Goes level by level, since recursion is limited. */
export function isDeeperThan(json: unknown, most: number): boolean {
  let level: unknown[] = [json];
  for (let depth = 0; depth <= most; depth += 1) {
    level = level.flatMap(value =>
      typeof value === 'object' && value !== null ? (Object.values(value) as unknown[]) : [],
    );
    if (level.length === 0) return false;
  }
  return true;
}
