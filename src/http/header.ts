import { InvalidValueError } from '../errors.js';

/** A name as written, and its value. From HTTP, each character is one byte. */
export type Header = readonly [name: string, value: string];

/** Matches header names and methods; the source of a regular expression: RFC 9110, 5.6.2. */
export const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

const wholeToken = new RegExp(`^${token}$`);

/** Parses `name: value`. Throws InvalidValueError, which never shows the value: it may be a credential. */
export function parseHeader(text: string): Header {
  const [, name = '', value = ''] = /^([^:]+):(.*)$/s.exec(text) ?? [];
  if (!isToken(name)) {
    const problem = name === '' ? 'a header is a name, a colon and a value' : `"${name}" isn't a header's name`;
    throw new InvalidValueError(problem, { hint: 'write it like "x-request-id: 42"' });
  }
  if (!/^[\t\x20-\x7e]*$/.test(value)) {
    throw new InvalidValueError(`the value of ${name} has a line break, a control character or a non-ASCII character`, {
      hint: "a header's value is one line of ASCII",
    });
  }
  return [name, value.trim()];
}

/** Headers that the HTTP client writes itself. Other values would contradict what is sent. */
const reserved = new Set(['connection', 'content-length', 'expect', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade']); // prettier-ignore

/** Parses a request header. Throws InvalidValueError, also for a header that the HTTP client writes itself. */
export function parseRequestHeader(text: string): Header {
  const [name, value] = parseHeader(text);
  if (isWrittenByClient(name))
    throw new InvalidValueError(`${name} is set by the HTTP client`, { hint: 'leave it out' });
  return [name, value];
}

/** Returns whether a header is about the connection or the body's framing, not the request. */
export const isWrittenByClient = (name: string): boolean => reserved.has(name.toLowerCase());

/** Returns whether a text is a valid header name or method. */
export const isToken = (text: string): boolean => wholeToken.test(text);

/** Returns whether a header can be sent over HTTP. */
export const isSendable = ([name, value]: Header): boolean => isToken(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);

/** Removes the blanks that HTTP allows around a value; `trim` would remove others, too. */
export function withoutBlanks(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isBlank(text[start])) start += 1;
  while (end > start && isBlank(text[end - 1])) end -= 1;
  return text.slice(start, end);
}

const isBlank = (character: string | undefined): boolean => character === ' ' || character === '\t';

export const hasHeader = (headers: readonly Header[], name: string): boolean =>
  headers.some(([candidate]) => candidate.toLowerCase() === name);

/** Returns the values of a header, given its name in lower case. */
export function valuesOf(name: string, headers: readonly Header[]): string[] {
  const values: string[] = [];
  for (const header of headers) {
    // Most names differ in length already.
    if (header[0].length === name.length && header[0].toLowerCase() === name) values.push(header[1]);
  }
  return values;
}

/** Returns the values of each name, as `spell` spells it, in the order in which the names first appear. */
export function groupHeaders(headers: readonly Header[], spell: (name: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, value] of headers) groups.set(spell(name), [...(groups.get(spell(name)) ?? []), value]);
  return groups;
}

/** Returns pairs of name and value from the flat list of Node and undici. */
export const pairsOf = (flat: readonly string[]): Header[] =>
  Array.from({ length: flat.length / 2 }, (_, index) => [flat[index * 2] ?? '', flat[index * 2 + 1] ?? '']);

/** Replaces a redacted value. */
export const redacted = '[redacted]';

const sensitive = new Set(['authorization', 'cookie', 'proxy-authorization', 'set-cookie']);

/** Returns headers that are safe to show or store, with the values of credentials redacted. */
export const redactHeaders = (headers: readonly Header[]): Header[] =>
  headers.map(([name, value]) => [name, sensitive.has(name.toLowerCase()) ? redacted : value]);
