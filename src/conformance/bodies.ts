import { reshape } from '../event/reshape.js';
import { hasHeader, type Header } from '../http/header.js';
import { jsonIn } from '../json/parse.js';
import type { Scheme } from '../scheme/scheme.js';

/** Top-level values of a body that is a JSON object. */
export type Extra = Readonly<Record<string, unknown>>;

/** Whether a body is a JSON object, which can take more keys. */
export function isObject(body: Uint8Array): boolean {
  const json = jsonIn(body);
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** Returns an ordinary body of a scheme: its sample, or one with the fields its definition names. */
export function sampleBody({ definition: { sample, id, event } }: Scheme): Uint8Array {
  if (sample) return Buffer.from(JSON.stringify(sample.body));
  const generic = { message: 'This is a sample.' };
  const paths = [id, event].filter(place => typeof place === 'string');
  const set = paths.map(path => ({ path: path.split('.'), value: 'sample' }));
  return reshape(Buffer.from(JSON.stringify(generic)), { set });
}

/** Returns the headers a scheme's sample needs besides its signature. */
export const sampleHeaders = ({ definition: { sample } }: Scheme, own: readonly Header[]): Header[] =>
  Object.entries(sample?.headers ?? {}).filter(([name]) => !hasHeader(own, name.toLowerCase()));

/** Returns a body with other values in it, as compact JSON. Any body other than a JSON object is returned unchanged. */
export const withExtra = (body: Uint8Array, extra: Extra): Uint8Array =>
  isObject(body) ? reshape(body, { set: Object.entries(extra).map(([key, value]) => ({ path: [key], value })) }) : body;

/** Returns a different body that is just as valid. */
export const otherThan = (body: Uint8Array): Uint8Array =>
  isObject(body) ? withExtra(body, { another: true }) : Buffer.concat([body, Buffer.from(' ')]);
