import type { ExchangeReport } from '../../exchange/reports.js';
import { verdictOf, type VerdictKind } from './verdict.js';

export type AnswerKind = '2xx' | '3xx' | '4xx' | '5xx' | 'none' | 'unknown';

/** What the list shows; an empty text doesn't filter. */
export interface Filter {
  verdict: VerdictKind | '';
  answer: AnswerKind | '';
  event: string;
  text: string;
  match: string;
}

export const noFilter: Filter = { verdict: '', answer: '', event: '', text: '', match: '' };

export const isFiltering = (filter: Filter): boolean => Object.values(filter).some(value => value !== '');

/** `found`: the numbers that a search for text or a path has found; undefined: it isn't one. */
export function filtered(
  requests: readonly ExchangeReport[],
  { verdict, answer, event }: Filter,
  found: ReadonlySet<number> | undefined,
): readonly ExchangeReport[] {
  if (verdict === '' && answer === '' && event === '' && !found) return requests;
  return requests.filter(
    report =>
      (verdict === '' || verdictOf(report.verdict).kind === verdict) &&
      (answer === '' || answerKindOf(report) === answer) &&
      (event === '' || (report.event.type ?? '') === event) &&
      (!found || found.has(report.index)),
  );
}

function answerKindOf({ answer }: ExchangeReport): AnswerKind {
  if (!answer) return 'unknown';
  if (answer.status === null) return 'none';
  const hundreds = Math.floor(answer.status / 100);
  return hundreds <= 2 ? '2xx' : hundreds === 3 ? '3xx' : hundreds === 4 ? '4xx' : '5xx';
}

/** Names of events, in the order of the alphabet, and not without end. */
export const eventsIn = (requests: readonly ExchangeReport[]): string[] =>
  [...new Set(requests.map(({ event }) => event.type ?? ''))].filter(Boolean).sort().slice(0, 200);
