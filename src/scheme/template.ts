import { isToken, valuesOf, type Header } from '../http/header.js';
import type { Message, SignedValues } from './message.js';

/** Returns the bytes of one part of what is signed. */
export type Part = (message: Message, values: SignedValues) => Uint8Array | string;

/** Compiles a template such as `{timestamp}.{body}` into its parts, in order. Throws an Error for an unknown name in braces. */
export const compileTemplate = (template: string): readonly Part[] =>
  piecesOf(template).map(piece => {
    if (!isReference(piece)) return () => piece;
    const part = partNamed(piece.slice(1, -1));
    if (!part) throw new Error(`a signature can't cover ${piece}`);
    return part;
  });

/** Returns whether a template has a part of this name. */
export const hasPart = (template: string, name: string): boolean => template.includes(`{${name}}`);

/** Returns unknown names in braces, with their braces. */
export const unknownPartsOf = (template: string): string[] =>
  piecesOf(template).filter(piece => isReference(piece) && !partNamed(piece.slice(1, -1)));

/** Returns whether a literal text has a brace, which must have been meant for a part. */
export const hasStrayBrace = (template: string): boolean =>
  piecesOf(template).some(piece => !isReference(piece) && /[{}]/.test(piece));

/** Returns the names of the headers that a template covers, in lower case. */
export const headersIn = (template: string): string[] =>
  piecesOf(template).flatMap(piece => (isReference(piece) ? (headerNamed(piece.slice(1, -1)) ?? []) : []));

/** Returns a template's literal texts and references, in order. */
export const piecesOf = (template: string): string[] => template.split(/(\{[^{}]*\})/).filter(piece => piece !== '');

export const isReference = (piece: string): boolean => /^\{.*\}$/s.test(piece);

function headerNamed(part: string): string | undefined {
  const name = /^header\.(.+)$/.exec(part)?.[1];
  return name !== undefined && isToken(name) ? name.toLowerCase() : undefined;
}

function partNamed(name: string): Part | undefined {
  const header = headerNamed(name);
  return header === undefined ? parts.get(name) : ({ headers }) => latin1(valuesOf(header, headers).join(', '));
}

/** The URL as the sender knows it: a proxy or tunnel puts the original one in headers. */
function publicUrl(target: string, headers: readonly Header[]): string {
  const first = (name: string): string | undefined => valuesOf(name, headers)[0]?.split(',')[0]?.trim();
  const host = first('x-forwarded-host') ?? first('host') ?? '';
  return target.startsWith('/') ? `${first('x-forwarded-proto') ?? 'http'}://${host}${target}` : target;
}

/** Headers, methods and targets from HTTP have one character per byte. */
const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');

const parts: ReadonlyMap<string, Part> = new Map<string, Part>([
  ['body', ({ body }) => body],
  ['timestamp', (_, { timestamp }) => latin1(timestamp)],
  ['id', (_, { id }) => latin1(id)],
  ['method', ({ method }) => latin1(method)],
  ['url', ({ url, target = '', headers }) => (url ? url.href : latin1(publicUrl(target, headers)))],
]);
