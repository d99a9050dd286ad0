import type * as z from 'zod/mini';
import { valueAt } from '../json/value-at.js';

export interface Problem {
  /** A body with an error isn't an event; a warning is worth a look. */
  level: 'error' | 'warning';
  code: ProblemCode;
  path: readonly PropertyKey[];
  expected?: string;
  /** The kind and length of the value. Only if it should be one of a few, the value itself: any other may be personal. */
  found?: string;
  /** The schema alternative that fits best: its number, from 1, its number of problems, and the first problem. */
  nearest?: { number: number; count: number; problem: Problem };
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
  | 'unknown-event'
  | 'other-reference'
  | 'upper-case-email'
  | 'mixed-versions'
  | 'duplicate-key'
  | 'imprecise-number'
  | 'lone-surrogate'
  | 'nul-character'
  | 'too-deep'
  | SchemaProblemCode;

/** Found only by a user's schema. */
type SchemaProblemCode =
  | 'wrong-pattern'
  | 'wrong-length'
  | 'wrong-number'
  | 'wrong-key'
  | 'wrong-items'
  | 'duplicate-item'
  | 'not-allowed'
  | 'no-alternative'
  | 'several-alternatives'
  | 'too-slow'
  | 'given-up'
  | 'more-problems';

/** Turns an issue of zod into a problem. */
export function problemOf(issue: z.core.$ZodIssue, json: unknown): Problem {
  const found = valueAt(json, issue.path);
  const problem = { level: 'error', path: issue.path, found: kindOf(found) } as const;
  if (found === undefined) return { level: 'error', code: 'missing', path: issue.path };
  switch (issue.code) {
    case 'invalid_value': {
      const isText = typeof found === 'string';
      if (!isText) return { ...problem, code: 'wrong-type', expected: 'string' };
      return {
        ...problem,
        code: 'wrong-value',
        expected: issue.values.map(String).join(' or '),
        found: nameOrKind(found),
      };
    }
    case 'invalid_format':
      return { ...problem, code: 'wrong-format', expected: 'an RFC 3339 time' };
    case 'too_small':
      return { ...problem, code: 'empty', expected: 'at least one character' };
    default:
      return { ...problem, code: 'wrong-type', expected: issue.code === 'invalid_type' ? issue.expected : '' };
  }
}

/** Returns an enumeration-like name in quotes. Any other text may be personal, so only its kind is returned. */
export const nameOrKind = (text: string): string => (/^\w{1,40}$/.test(text) ? `"${text}"` : kindOf(text));

/** The kind of a value, and its length. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `array of ${value.length}`;
  if (typeof value === 'string') return `string of ${value.length}`;
  return typeof value === 'number' && !Number.isFinite(value) ? 'number out of range' : typeof value;
}
