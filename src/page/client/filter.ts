import type { ExchangeReport } from '../../exchange/reports.js';
import { kindOf, type VerdictKind } from '../../exchange/verdict.js';
import { answerClass } from '../../recording/answered.js';

/** What the list shows; an empty text doesn't filter. */
export interface Filter {
  verdict: VerdictKind | '';
  /** A class such as `2xx`, `none` without a response, or `unknown` if it isn't known. */
  answer: string;
  event: string;
  text: string;
  match: string;
}

export const noFilter: Filter = { verdict: '', answer: '', event: '', text: '', match: '' };

export const isFiltering = (filter: Filter): boolean => Object.values(filter).some(value => value !== '');

/**
 * Derives a list from a list of requests, and looks at each request only once: under load, requests are added many
 * times a second.
 */
export type Sift<Made> = (requests: readonly ExchangeReport[]) => readonly Made[];

/** Returns a function that filters only the requests added at either end of a list since the last call. */
export function sifting<Made>(sift: Sift<Made>): Sift<Made> {
  let [known, made]: [readonly ExchangeReport[], readonly Made[]] = [[], []];
  return requests => {
    const newer = requests.length - known.length;
    if (requests !== known)
      made = startsAt(newer, known, requests)
        ? [...sift(requests.slice(0, newer)), ...made]
        : startsAt(0, known, requests)
          ? [...made, ...sift(requests.slice(known.length))]
          : sift(requests);
    known = requests;
    return made;
  };
}

/** Whether a list is part of another one, at this position. Both are newest first, and have each number once. */
const startsAt = (place: number, list: readonly ExchangeReport[], other: readonly ExchangeReport[]): boolean =>
  place >= 0 && list.length > 0 && list[0] === other[place] && list.at(-1) === other[place + list.length - 1];

const answerKindOf = ({ answer }: ExchangeReport): string => (answer ? answerClass(answer.status) : 'unknown');

/** `found`: the numbers found by a search for text or a path; undefined without a search. */
export function filtering(
  { verdict, answer, event }: Filter,
  found: ReadonlySet<number> | undefined,
): Sift<ExchangeReport> {
  if (verdict === '' && answer === '' && event === '' && !found) return requests => requests;
  return sifting(requests =>
    requests.filter(
      report =>
        (verdict === '' || kindOf(report.verdict) === verdict) &&
        (answer === '' || answerKindOf(report) === answer) &&
        (event === '' || (report.event.type ?? '') === event) &&
        (!found || found.has(report.index)),
    ),
  );
}

/**
 * Returns a function that lists the names of events, sorted, up to a limit. The list stays the same object while its
 * names do.
 */
export function eventNames(): (requests: readonly ExchangeReport[]) => readonly string[] {
  const names = new Set<string>();
  let listed: readonly string[] = [];
  const sift = sifting(requests => {
    for (const { event } of requests) if (event.type && names.size < 200) names.add(event.type);
    return [];
  });
  return requests => {
    sift(requests);
    if (names.size > listed.length) listed = [...names].sort();
    return listed;
  };
}
