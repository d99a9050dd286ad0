import { foreignFormOf, type ForeignForm } from '../json/foreign-form.js';
import type { Problem } from './problem.js';

export interface Inspection {
  /** No problem is an error; there may be warnings. */
  isEvent: boolean;
  /** The first hundred, in the order found. */
  problems: readonly Problem[];
  /** The number of problems beyond the first hundred. */
  omitted: number;
  /** The body as text, without its byte order mark; undefined if it isn't UTF-8. */
  text?: string;
  /** The parsed body; undefined if it isn't JSON. */
  json: unknown;
}

/** Reads a body and checks its JSON with the given rules. */
export function inspectionOf(body: Uint8Array, check: (json: unknown, text: string) => Problem[]): Inspection {
  const parsed = parseJson(body);
  if ('problem' in parsed) {
    const { problem, ...text } = parsed;
    return { isEvent: false, problems: [problem], omitted: 0, json: undefined, ...text };
  }
  const { text, json } = parsed;
  const found = check(json, text);
  const problems = hasByteOrderMark(body) ? [byteOrderMark, ...found] : found;
  return {
    isEvent: problems.every(({ level }) => level !== 'error'),
    problems: problems.length > mostProblems ? problems.slice(0, mostProblems) : problems,
    omitted: Math.max(0, problems.length - mostProblems),
    text,
    json,
  };
}

const mostProblems = 100;

const decoder = new TextDecoder('utf-8', { fatal: true });

function parseJson(body: Uint8Array): { text: string; json: unknown } | { text?: string; problem: Problem } {
  let text: string;
  try {
    text = decoder.decode(body);
  } catch {
    return { problem: notUtf8(foreignFormOf(body)) };
  }
  try {
    return { text, json: JSON.parse(text) as unknown };
  } catch {
    // UTF-16 without a byte order mark may be valid UTF-8 with many NULs.
    const form = foreignFormOf(body);
    if (form !== undefined) return { problem: notUtf8(form) };
    // The parser's own message quotes the input, which may be personal.
    return { text, problem: { level: 'error', code: 'not-json', path: [] } };
  }
}

const notUtf8 = (form: ForeignForm | undefined): Problem => ({
  level: 'error',
  code: 'not-utf8',
  path: [],
  ...(form !== undefined && { found: form }),
});

const byteOrderMark: Problem = { level: 'warning', code: 'byte-order-mark', path: [] };

const hasByteOrderMark = (body: Uint8Array): boolean => body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
