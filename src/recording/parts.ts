import * as z from 'zod/mini';
import { redacted, token, type Header } from '../http/header.js';
import type { CaptureFinding } from './captured-request.js';

/** The parts of requests in JSON files. Refuses values that would become a second header or line when replayed. */
export const method = z.string().check(z.regex(new RegExp(`^${token}$`)));

export const url = z.string().check(z.regex(/^\P{Cc}+$/u));

export const headerName = z.string().check(z.regex(new RegExp(`^:?${token}$`)));

export const headerValue = z.string().check(z.regex(/^[^\0\r\n]*$/));

/** Headers as an object, with one or several values per name. */
export const headerObject = z.pipe(
  z.record(headerName, z.union([headerValue, z.array(headerValue)])),
  z.transform(headers => Object.entries(headers).flatMap(([name, values]) => [values].flat().map((value): Header => [name, value]))), // prettier-ignore
);

export const time = z.iso.datetime({ offset: true });

/** Returns the part of a URL after the host; returns anything else unchanged. */
export function targetIn(url: string): string {
  const [, rest] = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*([^#]*)/i.exec(url) ?? [];
  if (rest === undefined || !URL.canParse(url)) return url;
  const target = rest.startsWith('/') ? rest : `/${rest}`;
  if (/^[\x21-\x7e]+$/.test(target)) return target;
  // A tool decoded it for display, with characters that can't have been on the wire.
  const { pathname, search } = new URL(url);
  return pathname + search;
}

export const findingsIn = (headers: readonly Header[]): CaptureFinding[] =>
  headers.some(([, value]) => value === redacted) ? ['headers-redacted'] : [];

/** Names the invalid value of an object without quoting it. `place`: where the object is. */
export function flawOf({ issues }: Pick<z.core.$ZodError, 'issues'>, place: readonly PropertyKey[] = []): string {
  const path = [...place, ...pathIn(issues)];
  const steps = path.map(step => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
  return `${steps.join('').slice(1) || 'its object'} is missing or invalid`;
}

/** If an object may have several forms, uses the closest one. */
function pathIn([issue]: readonly z.core.$ZodIssue[]): readonly PropertyKey[] {
  if (issue?.code !== 'invalid_union') return issue?.path ?? [];
  const paths = issue.errors.map(pathIn);
  return [...issue.path, ...paths.reduce((deepest, path) => (path.length > deepest.length ? path : deepest), [])];
}
