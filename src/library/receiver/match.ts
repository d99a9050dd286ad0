import { isDeepStrictEqual } from 'node:util';
import { isPromise, isRegExp } from 'node:util/types';
import { UsageError } from '../../errors.js';
import { isSameId } from '../../event/id.js';
import { valueAt } from '../../json/value-at.js';
import { oneLine } from '../../text/visible.js';
import type { WebhookRequest } from './request.js';

/**
 * Which requests are meant: paths into the body and their values, such as `{ 'data.customer_status': 'APPROVED' }`; a
 * function of the request; or a schema for the body, from zod, valibot, arktype or any other Standard Schema library.
 */
export type RequestMatch = PathMatch | RequestPredicate | StandardSchema;

/** Every path has to match. UUIDs match in upper or lower case, and a regular expression matches only text. */
export type PathMatch = Readonly<Record<string, unknown>>;

export type RequestPredicate = (request: WebhookRequest) => boolean | Promise<boolean>;

/** The used part of https://standardschema.dev. */
export interface StandardSchema {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult | Promise<StandardResult>;
  };
}

export interface StandardResult {
  readonly issues?: readonly StandardIssue[] | undefined;
}

export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** Returns a clause that says why a request doesn't match; undefined if it does. */
export type Mismatch = (request: WebhookRequest) => string | undefined | Promise<string | undefined>;

/** Throws UsageError for an invalid match. */
export function createMismatch(match: RequestMatch | undefined): Mismatch {
  if (match === undefined) return () => undefined;
  if (isSchema(match)) return request => schemaMismatch(match, request);
  if (isPredicate(match)) return request => predicateMismatch(match, request);
  if (typeof match !== 'object' || (match as unknown) === null)
    throw new UsageError('a match has to be paths, a function or a schema', {
      hint: "write it like { 'data.customer_status': 'APPROVED' }",
    });
  const pairs = Object.entries(match);
  return ({ json }) => {
    const pair = pairs.find(([path, value]) => !isEqual(valueAt(json, path.split('.')), value));
    return pair && `${oneLine(pair[0])} is ${shown(valueAt(json, pair[0].split('.')))}`;
  };
}

/** Names what a test waits for. */
export function matchWords(match: RequestMatch | undefined): string {
  if (match === undefined) return 'any verified request';
  if (isSchema(match)) return `a schema of ${oneLine(match['~standard'].vendor)}`;
  if (isPredicate(match)) return match.name === '' ? 'a function' : `the function ${oneLine(match.name)}`;
  return Object.entries(match)
    .map(([path, value]) => `${oneLine(path)} = ${shown(value)}`)
    .join(', ');
}

const isSchema = (match: RequestMatch): match is StandardSchema => '~standard' in Object(match);

const isPredicate = (match: PathMatch | RequestPredicate): match is RequestPredicate => typeof match === 'function';

function isEqual(found: unknown, value: unknown): boolean {
  if (isRegExp(value)) return typeof found === 'string' && found.search(value) >= 0;
  if (typeof found === 'string' && typeof value === 'string') return isSameId(found, value);
  return isDeepStrictEqual(found, value);
}

const longest = 100;

/** A value on one line, cut short, and safe to print. */
function shown(value: unknown): string {
  if (isRegExp(value)) return oneLine(String(value));
  const text = value === undefined ? 'missing' : (JSON.stringify(value) as string | undefined);
  const line = oneLine(text ?? typeof value);
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

function schemaMismatch(schema: StandardSchema, { json }: WebhookRequest): ReturnType<Mismatch> {
  const result = schema['~standard'].validate(json);
  return isPromise(result) ? result.then(issueWords) : issueWords(result);
}

function issueWords({ issues }: StandardResult): string | undefined {
  const [issue] = issues ?? [];
  if (!issue) return undefined;
  const path = (issue.path ?? []).map(step => String(typeof step === 'object' ? step.key : step)).join('.');
  return oneLine(`${path === '' ? 'the body' : path}: ${issue.message}`);
}

const saysNo = 'the function returned false';

function predicateMismatch(predicate: RequestPredicate, request: WebhookRequest): ReturnType<Mismatch> {
  const result = predicate(request);
  return isPromise(result) ? result.then(isMatch => (isMatch ? undefined : saysNo)) : result ? undefined : saysNo;
}
