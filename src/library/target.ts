import { InvalidValueError } from '../errors.js';
import { parseTarget } from '../http/target.js';

/** Throws InvalidValueError if it isn't the URL of a receiver. */
export function targetUrl(given: string | URL): URL {
  if (typeof given === 'string') return parseTarget(given);
  if ((given as unknown) instanceof URL) return parseTarget(given.href);
  throw new InvalidValueError("the receiver's URL is missing", {
    hint: 'write it like http://localhost:3000/webhooks',
  });
}
