import type * as z from 'zod';
import { envelope } from './envelope.js';
import { eventTypes, type EventType } from './event-types.js';
import { summarise, type EventSummary } from './summary.js';
import { unknownKeys } from './unknown-keys.js';
import { valueAt } from './value-at.js';

export interface Problem {
  /** Only an error makes a body no event. */
  level: 'error' | 'warning';
  code: ProblemCode;
  path: readonly PropertyKey[];
  expected?: string;
  /** The kind of value that stands there, never the value: it may be personal. */
  found?: string;
}

export type ProblemCode =
  | 'not-utf8'
  | 'not-json'
  | 'byte-order-mark'
  | 'missing'
  | 'wrong-type'
  | 'wrong-value'
  | 'wrong-format'
  | 'empty'
  | 'unknown-key'
  | 'unknown-status'
  | 'unknown-event';

export interface Inspection {
  /** No errors; there may be warnings. */
  isEvent: boolean;
  problems: readonly Problem[];
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
      summary: {},
      json: undefined,
    };
  }
  const { json } = parsed;
  const summary = summarise(json);
  const marks: Problem[] = hasByteOrderMark(body) ? [{ level: 'warning', code: 'byte-order-mark', path: [] }] : [];
  const problems = [...marks, ...problemsOf(json)];
  return { isEvent: problems.every(({ level }) => level !== 'error'), problems, summary, json };
}

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

const codes: Partial<Record<z.core.$ZodIssue['code'], ProblemCode>> = {
  invalid_value: 'wrong-value',
  invalid_format: 'wrong-format',
  too_small: 'empty',
};

function problemOf(issue: z.core.$ZodIssue, json: unknown): Problem {
  const found = valueAt(json, issue.path);
  if (found === undefined) return { level: 'error', code: 'missing', path: issue.path };
  return {
    level: 'error',
    code: codes[issue.code] ?? 'wrong-type',
    path: issue.path,
    expected: expectedBy(issue),
    found: kindOf(found),
  };
}

function expectedBy(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return issue.expected;
  if (issue.code === 'invalid_value') return issue.values.map(String).join(' or ');
  return issue.code === 'invalid_format' ? 'an RFC 3339 time' : 'at least one character';
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `array of ${value.length}`;
  return typeof value === 'string' ? `string of ${value.length}` : typeof value;
}
