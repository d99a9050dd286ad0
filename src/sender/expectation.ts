import type { Answered, Reply } from './attempt.js';
import { redactHeaders, type Header } from '../http/header.js';
import type { StatusSet } from '../http/status-set.js';
import type { SearchFailure } from '../threads/expression.js';
import { searchDeadline, type BodyPattern } from './body-pattern.js';

/** The conditions of success. */
export interface ReplyExpectation {
  status: StatusSet;
  headers: readonly Header[];
  body?: BodyPattern | undefined;
  /** Milliseconds. */
  maxTime?: number | undefined;
}

/** One unmet expectation, in words: `2xx` and `401`. */
export interface Unmet {
  what: 'status' | 'header' | 'body' | 'time';
  expected: string;
  got: string;
}

/** Returns the unmet expectations, the status first. Only the search of a body takes a promise. */
export function unmetBy(
  { reply, milliseconds }: Answered,
  { status, headers, body, maxTime }: ReplyExpectation,
): Unmet[] | Promise<Unmet[]> {
  const unmet: Unmet[] = status.includes(reply.status)
    ? []
    : [{ what: 'status', expected: status.text, got: String(reply.status) }];
  for (const header of headers) if (!hasValue(reply.headers, header)) unmet.push(unmetHeader(reply, header));
  const late: Unmet[] =
    maxTime !== undefined && milliseconds > maxTime
      ? [{ what: 'time', expected: `at most ${maxTime} ms`, got: `${milliseconds} ms` }]
      : [];
  return body ? unmetBody(reply, body).then(found => [...unmet, ...found, ...late]) : [...unmet, ...late];
}

async function unmetBody({ body }: Reply, { text, search }: BodyPattern): Promise<Unmet[]> {
  const found = await search(new TextDecoder().decode(body));
  if (found === true) return [];
  const got = found === false ? `${body.length} ${body.length === 1 ? 'byte' : 'bytes'} without it` : failures[found];
  return [{ what: 'body', expected: text, got }];
}

const failures: Record<SearchFailure, string> = {
  'too-slow': `no result: the expression took longer than ${searchDeadline / 1000} s`,
  'given-up': 'no result: the expression was too slow before, so it is not tried again',
  'no-thread': 'no result: the search thread failed',
};

const hasValue = (headers: readonly Header[], [name, value]: Header): boolean =>
  headers.some(([candidate, found]) => candidate.toLowerCase() === name.toLowerCase() && found === value);

function unmetHeader({ headers }: Reply, [name, value]: Header): Unmet {
  const found = redactHeaders(headers).filter(([candidate]) => candidate.toLowerCase() === name.toLowerCase());
  return {
    what: 'header',
    expected: `${name}: ${value}`,
    got: found.length === 0 ? `no ${name}` : found.map(([, text]) => text).join(', '),
  };
}
