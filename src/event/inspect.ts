import { envelope } from './envelope.js';
import { eventTypes, type EventType } from './event-types.js';
import { problemOf, type Problem, type ProblemCode } from './problem.js';
import { summarise, type EventSummary } from './summary.js';
import { unknownKeys } from './unknown-keys.js';
import { valueAt } from './value-at.js';

export interface Inspection {
  /** No errors; there may be warnings. */
  isEvent: boolean;
  /** In the order found, a hundred at most. */
  problems: readonly Problem[];
  /** How many more there are. */
  omitted: number;
  summary: EventSummary;
  /** The parsed body, if it is JSON at all. */
  json: unknown;
}

/** Judges a body against the schema of its `event.type`. */
export function inspect(body: Uint8Array): Inspection {
  const parsed = parseJson(body);
  if ('code' in parsed) {
    return {
      isEvent: false,
      problems: [{ level: 'error', code: parsed.code, path: [] }],
      omitted: 0,
      summary: {},
      json: undefined,
    };
  }
  const { json } = parsed;
  const summary = summarise(json);
  const marks: Problem[] = hasByteOrderMark(body) ? [{ level: 'warning', code: 'byte-order-mark', path: [] }] : [];
  const problems = [...marks, ...problemsOf(json)];
  return {
    isEvent: problems.every(({ level }) => level !== 'error'),
    problems: problems.slice(0, mostProblems),
    omitted: Math.max(0, problems.length - mostProblems),
    summary,
    json,
  };
}

const mostProblems = 100;

function parseJson(body: Uint8Array): { json: unknown } | { code: ProblemCode } {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return { code: 'not-utf8' };
  }
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    // The parser's own message quotes the input, which may be personal.
    return { code: 'not-json' };
  }
}

const hasByteOrderMark = (body: Uint8Array): boolean => body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;

function problemsOf(json: unknown): Problem[] {
  const type = valueAt(json, ['event', 'type']);
  const known = typeof type === 'string' ? eventTypes.get(type) : undefined;
  const { error } = (known?.schema ?? envelope).safeParse(json);
  const errors = (error?.issues ?? []).map(issue => problemOf(issue, json));
  if (known) return [...errors, ...unknownStatus(json, known), ...unknownKeys(json, known.schema).map(unknownKey)];
  return errors.length > 0 ? errors : [unknownEvent];
}

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
  return isKnown ? [] : [{ level: 'warning', code: 'unknown-status', path }];
}
