const units = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/** Returns the milliseconds in a text such as `250ms`, `1.5s`, `5m` or `1h`, or NaN for any other text. */
export function milliseconds(text: string): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  return Math.round(Number(amount) * (units.get(unit) ?? Number.NaN));
}
