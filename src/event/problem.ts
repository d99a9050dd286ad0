import type * as z from 'zod';
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

/** A finding of zod, as a problem. */
export function problemOf(issue: z.core.$ZodIssue, json: unknown): Problem {
  const found = valueAt(json, issue.path);
  const problem = { level: 'error', path: issue.path, found: kindOf(found) } as const;
  if (found === undefined) return { level: 'error', code: 'missing', path: issue.path };
  switch (issue.code) {
    case 'invalid_value': {
      const isText = typeof found === 'string';
      const expected = isText ? issue.values.map(String).join(' or ') : 'string';
      return { ...problem, code: isText ? 'wrong-value' : 'wrong-type', expected };
    }
    case 'invalid_format':
      return { ...problem, code: 'wrong-format', expected: 'an RFC 3339 time' };
    case 'too_small':
      return { ...problem, code: 'empty', expected: 'at least one character' };
    default:
      return { ...problem, code: 'wrong-type', expected: issue.code === 'invalid_type' ? issue.expected : '' };
  }
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `array of ${value.length}`;
  if (typeof value === 'string') return `string of ${value.length}`;
  return typeof value === 'number' && !Number.isFinite(value) ? 'number out of range' : typeof value;
}
