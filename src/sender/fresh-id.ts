import { reshape } from '../event/reshape.js';
import { jsonIn } from '../json/parse.js';
import { valueAt } from '../json/value-at.js';
import type { Scheme } from '../scheme/scheme.js';

/** Returns a body with this id, in the scheme's place for it; undefined if the body has no such place. */
export function withId(
  body: Uint8Array,
  { definition }: Pick<Scheme, 'definition'>,
  id: string,
): Uint8Array | undefined {
  if (typeof definition.id !== 'string') return undefined;
  const path = definition.id.split('.');
  return valueAt(jsonIn(body), path) === undefined ? undefined : reshape(body, { set: [{ path, value: id }] });
}
