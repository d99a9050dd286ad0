import { valuesOf } from '../http/header.js';
import type { Message } from './message.js';

/** What a template may refer to besides the message itself. */
export interface Signed {
  /** As text, byte for byte as it was sent. */
  timestamp: string;
  id: string;
}

export type Part = (message: Message, signed: Signed) => Uint8Array | string;

/**
 * Compiles a template such as `{timestamp}.{body}` into functions that return the bytes to sign, one part after the other.
 * Throws an Error for a part that doesn't exist.
 */
export function compileTemplate(template: string): readonly Part[] {
  return template
    .split(/(\{[^{}]*\})/)
    .filter(piece => piece !== '')
    .map(piece => (/^\{.*\}$/.test(piece) ? partNamed(piece.slice(1, -1)) : () => piece));
}

/** Returns whether a template refers to a part. */
export const refersTo = (template: string, part: string): boolean => template.includes(`{${part}}`);

function partNamed(name: string): Part {
  const header = /^header\.(.+)$/.exec(name)?.[1]?.toLowerCase();
  if (header !== undefined) return ({ headers }) => Buffer.from(valuesOf(header, headers).join(', '), 'latin1');
  const part = parts[name];
  if (!part) throw new Error(`There is nothing called {${name}} to sign.`);
  return part;
}

// What comes from HTTP is latin1: a character for each byte.
const parts: Readonly<Record<string, Part>> = {
  body: ({ body }) => body,
  timestamp: (_, { timestamp }) => Buffer.from(timestamp, 'latin1'),
  id: (_, { id }) => Buffer.from(id, 'latin1'),
  method: ({ method }) => Buffer.from(method, 'latin1'),
  url: ({ url }) => Buffer.from(url?.href ?? ''),
};
