import { InvalidValueError } from '../errors.js';

/** A name as it was written, and its value. */
export type Header = readonly [name: string, value: string];

/** Parses `name: value`. Throws InvalidValueError, without the value: it may be a credential. */
export function parseHeader(text: string): Header {
  const [, name = '', value = ''] = /^([^:]+):(.*)$/s.exec(text) ?? [];
  if (!isToken(name)) {
    const problem = name === '' ? 'a header is a name, a colon and a value' : `"${name}" isn't a header's name`;
    throw new InvalidValueError(problem, { hint: "write it like -H 'x-request-id: 42'" });
  }
  if (!/^[\t\x20-\x7e]*$/.test(value)) {
    throw new InvalidValueError(`the value of ${name} has a line break, a control character or one outside ASCII`, {
      hint: "a header's value is one line of ASCII",
    });
  }
  return [name, value.trim()];
}

/** Headers that the HTTP client writes itself: another value would contradict what is sent. */
const reserved = new Set(['connection', 'content-length', 'expect', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade']); // prettier-ignore

/** The same, for a request. Throws InvalidValueError for what the client writes itself. */
export function parseRequestHeader(text: string): Header {
  const [name, value] = parseHeader(text);
  if (isWrittenByClient(name))
    throw new InvalidValueError(`${name} is written by the HTTP client itself`, { hint: 'leave it out' });
  return [name, value];
}

/** Whether it is about the connection or the framing of the body, and not about the request. */
export const isWrittenByClient = (name: string): boolean => reserved.has(name.toLowerCase());

/** Whether it is a name as HTTP has them, of a header or a method: RFC 9110, 5.6.2. */
export const isToken = (text: string): boolean => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text);

/** Whether it can go over the wire; what is beyond ASCII is one byte each. */
export const isSendable = ([name, value]: Header): boolean => isToken(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);

export const hasHeader = (headers: readonly Header[], name: string): boolean =>
  headers.some(([candidate]) => candidate.toLowerCase() === name);

/** The values of a header, given its name in lower case. */
export function valuesOf(name: string, headers: readonly Header[]): string[] {
  const values: string[] = [];
  for (const header of headers) {
    // Most names have another length already.
    if (header[0].length === name.length && header[0].toLowerCase() === name) values.push(header[1]);
  }
  return values;
}

/** The values of each name, in the spelling that `spell` gives it; names are in the order in which they first stand. */
export function groupHeaders(headers: readonly Header[], spell: (name: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, value] of headers) groups.set(spell(name), [...(groups.get(spell(name)) ?? []), value]);
  return groups;
}

/** The name and value pairs of what Node and undici list one after the other. */
export const pairsOf = (flat: readonly string[]): Header[] =>
  Array.from({ length: flat.length / 2 }, (_, index) => [flat[index * 2] ?? '', flat[index * 2 + 1] ?? '']);

/** Stands for a value that was left out. */
export const redacted = '[redacted]';

const sensitive = new Set(['authorization', 'cookie', 'proxy-authorization', 'set-cookie']);

/** Headers fit to be shown or kept: what opens doors elsewhere is left out. */
export const redactHeaders = (headers: readonly Header[]): Header[] =>
  headers.map(([name, value]) => [name, sensitive.has(name.toLowerCase()) ? redacted : value]);
