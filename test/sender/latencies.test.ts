import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLatencies } from '../../src/sender/latencies.js';

/** From a microsecond to an hour, many of them short. */
const time = fc.oneof(fc.double({ min: 0.001, max: 20, noNaN: true }), fc.double({ min: 0.001, max: 3_600_000, noNaN: true })); // prettier-ignore
const times = fc.array(time, { minLength: 1, maxLength: 200 });

const recorded = (values: readonly number[]) => {
  const latencies = createLatencies();
  for (const value of values) latencies.record(value);
  return latencies;
};

test('percentiles match the sorted times, within half a percent or a microsecond', () => {
  fc.assert(
    fc.property(times, fc.constantFrom(50, 90, 99, 100), (values, percent) => {
      const sorted = [...values].sort((left, right) => left - right);
      const right = sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? 0;
      const found = recorded(values).percentile(percent) ?? 0;
      expect(Math.abs(found - right)).toBeLessThanOrEqual(Math.max(right * 0.005, 0.002));
    }),
  );
});

describe('rows', () => {
  test('contain every time once, in order, and number at most ten', () => {
    fc.assert(
      fc.property(times, values => {
        const rows = recorded(values).rows();
        expect(rows.length).toBeLessThanOrEqual(10);
        expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
        expect(rows.slice(1).map(({ from }) => from)).toEqual(rows.slice(0, -1).map(({ to }) => to));
      }),
    );
  });

  test('put each time where it belongs', () => {
    // Out of a thousand, ten are slower than all others.
    const values = [
      ...Array.from({ length: 990 }, (_, index) => 1 + index / 110),
      ...Array.from({ length: 10 }, () => 500),
    ];
    const rows = recorded(values).rows();
    expect(rows).toHaveLength(10);
    for (const { count } of rows.slice(0, 9)) expect(count).toBeGreaterThan(100);
    expect(rows.at(-1)).toMatchObject({ to: 500, count: 10 });
  });

  test('number one if all times are the same, and none without times', () => {
    expect(recorded([2, 2, 2]).rows()).toMatchObject([{ count: 3 }]);
    expect(createLatencies().rows()).toEqual([]);
    expect(createLatencies().percentile(50)).toBeUndefined();
  });
});
