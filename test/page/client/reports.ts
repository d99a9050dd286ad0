import type { ExchangeReport } from '../../../src/exchange/reports.js';

/** A line of the list. */
export const report = (index: number, facts: Partial<ExchangeReport> = {}): ExchangeReport => ({
  ...{ type: 'exchange', file: 'test', index, method: 'POST', target: '/', event: {}, bytes: 0 },
  ...{ verdict: null, answer: null },
  ...facts,
});

/** A number of them, newest first. */
export const reports = (count: number): ExchangeReport[] =>
  Array.from({ length: count }, (_, place) => report(count - place));
