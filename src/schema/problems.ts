import type { ErrorObject } from 'ajv';
import { kindOf, nameOrKind, type Problem, type ProblemCode } from '../event/problem.js';
import { valueAt } from '../json/value-at.js';
import type { Path } from '../json/text.js';
import { grouped } from '../text/words.js';
import { alternativesOf } from './alternatives.js';
import { formatWords } from './formats.js';
import { groupOf } from './keywords.js';

/** Turns ajv's errors into problems, in order and without duplicates. */
export function problemsOf(errors: readonly ErrorObject[], json: unknown): Problem[] {
  const problems = new Map<string, Problem>();
  for (const problem of fold(errors, json)) {
    const { code, path, expected } = problem;
    const key = JSON.stringify([code, path, expected]);
    if (!problems.has(key)) problems.set(key, problem);
  }
  return [...problems.values()];
}

/** Turns each error into a problem, and the errors of alternatives into as few problems as possible. */
function fold(errors: readonly ErrorObject[], json: unknown): Problem[] {
  // From the end, because a summary error comes after the errors that it sums up.
  const found: Problem[][] = [];
  for (let index = errors.length - 1; index >= 0; index -= 1) {
    const error = errors[index];
    if (!error) continue;
    const group = groupOf(error);
    if (!group) {
      found.push(problemOf(error, json));
      continue;
    }
    const shift = index - group.end;
    const starts = group.starts.map(start => Math.max(0, start + shift));
    const branches = starts.map((start, number) => errors.slice(start, starts[number + 1] ?? index));
    found.push(error.keyword === 'contains' ? problemOf(error, json) : foldAlternatives(error, branches, json));
    index = Math.min(index, starts[0] ?? index);
  }
  return found.reverse().flat();
}

function foldAlternatives(error: ErrorObject, branches: readonly ErrorObject[][], json: unknown): Problem[] {
  const path = pathOf(error.instancePath, json);
  const passing = error.params['passingSchemas'] as readonly number[] | null | undefined;
  if (passing) {
    const numbers = passing.map(index => index + 1).join(' and ');
    return [{ level: 'error', code: 'several-alternatives', path, expected: numbers }];
  }
  return alternativesOf(
    path,
    branches.map(branch => fold(branch, json)),
  );
}

type Params = Readonly<Record<string, unknown>>;

interface Place {
  params: Params;
  path: Path;
  /** The value at `path`. */
  value: unknown;
}

function problemOf({ keyword, params, instancePath, propertyName }: ErrorObject, json: unknown): Problem[] {
  // A wrong name is reported only once.
  if (propertyName !== undefined && keyword !== 'propertyNames') return [];
  const path = pathOf(instancePath, json);
  const place: Place = { params, path, value: valueAt(json, path) };
  const words = keywords[keyword] ?? (() => unfit('not-allowed', place));
  const problem = words(place);
  return problem ? [problem] : [];
}

/** The problem that each JSON Schema keyword finds. Keywords that only lead to others find none. */
const keywords: Readonly<Record<string, (place: Place) => Problem | undefined>> = {
  type: place => unfit('wrong-type', place, typesIn(place.params['type'])),
  enum: place => wrongValue(place, place.params['allowedValues'] as readonly unknown[]),
  const: place => wrongValue(place, [place.params['allowedValue']]),
  format: ({ params, path }) => ({
    level: 'error',
    code: 'wrong-format',
    path,
    expected: formatWords(String(params['format'])),
  }),
  pattern: place => unfit('wrong-pattern', place, String(place.params['pattern']).slice(0, 200)),
  required: missing,
  dependentRequired: missingBeside,
  dependencies: missingBeside,
  additionalProperties: unknownKey('additionalProperty'),
  unevaluatedProperties: unknownKey('unevaluatedProperty'),
  propertyNames: ({ params, path }) => ({
    level: 'error',
    code: 'wrong-key',
    path: [...path, String(params['propertyName'])],
  }),
  minLength: length('at least', 'character'),
  maxLength: length('at most', 'character'),
  minItems: length('at least', 'item'),
  maxItems: length('at most', 'item'),
  items: length('at most', 'item'),
  additionalItems: length('at most', 'item'),
  unevaluatedItems: length('at most', 'item'),
  minProperties: length('at least', 'key'),
  maxProperties: length('at most', 'key'),
  minimum: range,
  maximum: range,
  exclusiveMinimum: range,
  exclusiveMaximum: range,
  multipleOf: place => unfit('wrong-number', place, `a multiple of ${String(place.params['multipleOf'])}`),
  uniqueItems: ({ params: { first, index }, path }) => ({
    level: 'error',
    code: 'duplicate-item',
    path: [...path, Number(index)],
    expected: `[${String(first)}]`,
  }),
  contains: ({ params: { minContains, maxContains }, path }) => ({
    level: 'error',
    code: 'wrong-items',
    path,
    expected: `at least ${countOf(minContains, 'item')}${maxContains === undefined ? '' : ` and at most ${Number(maxContains)}`}`,
  }),
  not: place => unfit('not-allowed', place),
  'false schema': place => unfit('not-allowed', place),
  if: () => undefined,
};

const unfit = (code: ProblemCode, { path, value }: Place, expected?: string): Problem => ({
  level: 'error',
  code,
  path,
  ...(expected !== undefined && { expected }),
  found: kindOf(value),
});

/** `string or null`: null needs no article, so it comes last. */
function typesIn(type: unknown): string {
  const types = (Array.isArray(type) ? type.map(String) : String(type).split(',')).filter(name => name !== 'null');
  return [...types, ...(String(type).includes('null') ? ['null'] : [])].join(' or ');
}

/** The number of values to list. */
const mostValues = 12;

function wrongValue(place: Place, allowed: readonly unknown[]): Problem {
  const listed = allowed.slice(0, mostValues).map(shownValue);
  const more = allowed.length - listed.length;
  const expected = more > 0 ? `${listed.join(', ')} or one of ${grouped(more)} others` : listed.join(' or ');
  const found = typeof place.value === 'string' ? nameOrKind(place.value) : kindOf(place.value);
  return { level: 'error', code: 'wrong-value', path: place.path, expected, found };
}

const shownValue = (value: unknown): string =>
  (typeof value === 'string' && value !== '' ? value : JSON.stringify(value)).slice(0, 100);

function missing({ params, path }: Place): Problem {
  return { level: 'error', code: 'missing', path: [...path, String(params['missingProperty'])] };
}

function missingBeside(place: Place): Problem {
  return { ...missing(place), expected: String(place.params['property']) };
}

function unknownKey(param: string) {
  return ({ params, path }: Place): Problem => ({
    level: 'error',
    code: 'unknown-key',
    path: [...path, String(params[param])],
    expected: 'a key that the schema allows',
  });
}

function length(bound: 'at least' | 'at most', unit: string) {
  return (place: Place): Problem => {
    const limit = Number(place.params['limit']);
    if (bound === 'at least' && limit === 1 && unit !== 'key')
      return {
        level: 'error',
        code: 'empty',
        path: place.path,
        expected: `at least one ${unit}`,
        found: kindOf(place.value),
      };
    return unfit('wrong-length', place, `${bound} ${countOf(limit, unit)}`);
  };
}

const countOf = (count: unknown, unit: string): string =>
  `${grouped(Number(count))} ${Number(count) === 1 ? unit : `${unit}s`}`;

const comparisons: Readonly<Record<string, string>> = {
  '>=': 'at least',
  '<=': 'at most',
  '>': 'more than',
  '<': 'less than',
};

function range(place: Place): Problem {
  const { comparison, limit } = place.params;
  return unfit('wrong-number', place, `${comparisons[String(comparison)] ?? ''} ${String(limit)}`);
}

/** Reads a JSON pointer. Only array keys become positions. */
function pathOf(pointer: string, json: unknown): Path {
  const path: PropertyKey[] = [];
  let value = json;
  for (const token of pointer.split('/').slice(1)) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    const key = Array.isArray(value) ? Number(name) : name;
    path.push(key);
    value = valueAt(value, [key]);
  }
  return path;
}
