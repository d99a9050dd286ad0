import type { Answered, Reply } from './attempt.js';
import { redactHeaders, type Header } from '../http/header.js';
import type { StatusSet } from '../http/status-set.js';

/** What counts as success. */
export interface ReplyExpectation {
  status: StatusSet;
  headers: readonly Header[];
  body?: BodyPattern | undefined;
  /** Milliseconds. */
  maxTime?: number | undefined;
}

export interface BodyPattern {
  /** As written. */
  text: string;
  test: (body: string) => boolean;
}

/** One thing that isn't as expected, in words: `2xx` and `401`. */
export interface Unmet {
  what: 'status' | 'header' | 'body' | 'time';
  expected: string;
  got: string;
}

/** Returns what isn't as expected, the status first. */
export function unmetBy(
  { reply, milliseconds }: Answered,
  { status, headers, body, maxTime }: ReplyExpectation,
): Unmet[] {
  const unmet: Unmet[] = headers
    .filter(header => !hasValue(reply.headers, header))
    .map(header => unmetHeader(reply, header));
  if (!status.includes(reply.status))
    unmet.unshift({ what: 'status', expected: status.text, got: String(reply.status) });
  if (body && !body.test(new TextDecoder().decode(reply.body))) {
    unmet.push({
      what: 'body',
      expected: body.text,
      got: `${reply.body.length} ${reply.body.length === 1 ? 'byte' : 'bytes'} without it`,
    });
  }
  if (maxTime !== undefined && milliseconds > maxTime) {
    unmet.push({ what: 'time', expected: `${maxTime} ms at most`, got: `${milliseconds} ms` });
  }
  return unmet;
}

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

/** `/…/flags` is a regular expression, and anything else is a text that the body has to contain. Undefined: it doesn't compile. */
export function bodyPattern(text: string): BodyPattern | undefined {
  const [, source, flags] = /^\/(.+)\/([dgimsuvy]*)$/s.exec(text) ?? [];
  if (source === undefined) return { text, test: body => body.includes(text) };
  try {
    const pattern = new RegExp(source, flags);
    // With these two, the result would depend on earlier ones.
    return pattern.global || pattern.sticky ? undefined : { text, test: body => pattern.test(body) };
  } catch {
    return undefined;
  }
}
