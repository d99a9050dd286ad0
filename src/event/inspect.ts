import { envelope } from './envelope.js';
import { eventTypes, type EventType } from './event-types.js';
import { lint } from './lint.js';
import { problemOf, nameOrKind, type Problem, type ProblemCode } from './problem.js';
import { unknownKeys } from './unknown-keys.js';
import { valueAt } from '../json/value-at.js';

export interface Inspection {
  /** No errors; there may be warnings. */
  isEvent: boolean;
  /** In the order found, a hundred at most. */
  problems: readonly Problem[];
  /** How many more there are. */
  omitted: number;
  /** The body as text, without its byte order mark, if it is UTF-8 at all. */
  text?: string;
  /** The parsed body, if it is JSON at all. */
  json: unknown;
}

/** Judges a body against the schema of its `event.type`, or of `type`, which it has to be then. */
export function inspect(body: Uint8Array, type?: string): Inspection {
  const parsed = parseJson(body);
  if ('code' in parsed) {
    const { code, ...rest } = parsed;
    return {
      ...{ isEvent: false, problems: [{ level: 'error', code, path: [] }], omitted: 0, json: undefined },
      ...rest,
    };
  }
  const { text, json } = parsed;
  const found = problemsOf(json, type);
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

function parseJson(body: Uint8Array): { text: string; json: unknown } | { text?: string; code: ProblemCode } {
  let text: string;
  try {
    text = decoder.decode(body);
  } catch {
    return { code: 'not-utf8' };
  }
  try {
    return { text, json: JSON.parse(text) as unknown };
  } catch {
    // The parser's own message quotes the input, which may be personal.
    return { text, code: 'not-json' };
  }
}

const byteOrderMark: Problem = { level: 'warning', code: 'byte-order-mark', path: [] };

const hasByteOrderMark = (body: Uint8Array): boolean => body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;

function problemsOf(json: unknown, wanted: string | undefined): Problem[] {
  const known = knownType(wanted ?? valueAt(json, ['event', 'type']));
  const { error } = (known?.schema ?? envelope).safeParse(json);
  const errors = error ? error.issues.map(issue => problemOf(issue, json)) : [];
  if (!known) return errors.length > 0 ? errors : [unknownEvent];
  const unknown = unknownKeys(json, known.schema).map(unknownKey);
  return errors.concat(unknownStatus(json, known), unknown, lint(json, known));
}

const knownType = (type: unknown): EventType | undefined =>
  typeof type === 'string' ? eventTypes.get(type) : undefined;

const unknownEvent: Problem = {
  level: 'warning',
  code: 'unknown-event',
  path: ['event', 'type'],
  expected: [...eventTypes.keys()].join(', '),
};

const unknownKey = (path: Problem['path']): Problem => ({ level: 'warning', code: 'unknown-key', path });

function unknownStatus(json: unknown, { status: { path, names } }: EventType): Problem[] {
  const status = valueAt(json, path);
  const isKnown = typeof status !== 'string' || status === '' || names.includes(status);
  return isKnown ? [] : [{ level: 'warning', code: 'unknown-status', path, found: nameOrKind(status) }];
}
