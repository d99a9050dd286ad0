import { isMatch, type Match } from '../event/match.js';
import { redactHeaders } from '../http/header.js';
import { jsonIn } from '../json/parse.js';
import type { CapturedRequest } from '../recording/captured-request.js';
import type { PageSource } from './source.js';

export interface Query {
  /** Searched in the target, headers and body, ignoring case. Empty matches anything. */
  text: string;
  matches: readonly Match[];
}

const most = 1000;

/** Returns the numbers of the matching requests, newest first. Stops when `signal` is aborted. */
export async function search(source: PageSource, query: Query, signal: AbortSignal): Promise<number[]> {
  const numbers: number[] = [];
  const text = query.text.toLowerCase();
  for await (const some of source.backwards(Number.POSITIVE_INFINITY)) {
    for (const { request, position } of some) {
      if (isWanted(request, { ...query, text })) numbers.push(position);
      if (numbers.length >= most) return numbers;
    }
    if (signal.aborted) return numbers;
  }
  return numbers;
}

const isWanted = (request: CapturedRequest, { text, matches }: Query): boolean =>
  (text === '' || hasText(request, text)) && (matches.length === 0 || isMatch(jsonIn(request.body), matches));

/** Credentials aren't searched, because a match would reveal what they contain. */
const hasText = ({ target, headers, body }: CapturedRequest, text: string): boolean =>
  target.toLowerCase().includes(text) ||
  redactHeaders(headers).some(([name, value]) => `${name}: ${value}`.toLowerCase().includes(text)) ||
  Buffer.from(body.buffer, body.byteOffset, body.length).toString().toLowerCase().includes(text);
