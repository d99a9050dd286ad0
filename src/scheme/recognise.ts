import { hasHeader, type Header } from '../http/header.js';
import type { Scheme } from './scheme.js';

/**
 * Returns the scheme whose headers a request has, for requests without the headers of `used`: the one with the most
 * headers present, including its signature. Undefined if there is none.
 */
export function recognise(headers: readonly Header[], used: Scheme, known: Iterable<Scheme>): Scheme | undefined {
  let [best, most]: [Scheme | undefined, number] = [undefined, 0];
  for (const scheme of known) {
    if (scheme.signatureHeader === used.signatureHeader || !hasHeader(headers, scheme.signatureHeader)) continue;
    const count = scheme.headers.filter(name => hasHeader(headers, name)).length;
    if (count > most) [best, most] = [scheme, count];
  }
  return best;
}
