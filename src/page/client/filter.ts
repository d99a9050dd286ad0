import type { ExchangeReport } from '../../exchange/reports.js';
import { kindOf, type VerdictKind } from '../../exchange/verdict.js';

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

/** A list that something is made of for each of its requests, once: a load adds to it many times a second. */
export type Sift<Made> = (requests: readonly ExchangeReport[]) => readonly Made[];

/** What it returns looks only at requests that a list has gained at its ends since the last time. */
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

/** Whether a list is within another one, at this place. Both are newest first, and have each number once. */
const startsAt = (place: number, list: readonly ExchangeReport[], other: readonly ExchangeReport[]): boolean =>
  place >= 0 && list.length > 0 && list[0] === other[place] && list.at(-1) === other[place + list.length - 1];

/** `found`: the numbers that a search for text or a path has found; undefined: it isn't one. */
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

function answerKindOf({ answer }: ExchangeReport): AnswerKind {
  if (!answer) return 'unknown';
  if (answer.status === null) return 'none';
  const hundreds = Math.floor(answer.status / 100);
  return hundreds <= 2 ? '2xx' : hundreds === 3 ? '3xx' : hundreds === 4 ? '4xx' : '5xx';
}

/** What it returns lists the names of events, in the order of the alphabet, and not without end. It returns the same list for the same names. */
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
