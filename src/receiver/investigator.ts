import type { Diagnosis } from '../scheme/explain/diagnose.js';
import type { Scheme } from '../scheme/scheme.js';
import type { Secret } from '../scheme/secret.js';
import type { AnsweredEvent } from './events.js';

/** In bytes. Larger bodies would keep the receiver busy for more than a few milliseconds. */
const largestBody = 64 * 1024;

/** In milliseconds. */
const shortestPause = 250;

/** Looks for the cause of a bad signature. Undefined at once if it doesn't look, and later if it finds none. */
export type Investigator = (event: AnsweredEvent) => Promise<Diagnosis | undefined> | undefined;

/** Looks at most once every 250 ms, so that strangers can't keep the receiver busy. Does nothing before a signature is bad. */
export function createInvestigator(scheme: Scheme, secrets: readonly Secret[]): Investigator {
  let last = Number.NEGATIVE_INFINITY;
  return ({ request, assessment: { signature } }) => {
    const { body, flaw } = request;
    if (signature?.valid !== false || flaw !== undefined || body.length > largestBody) return undefined;
    const now = performance.now();
    if (now - last < shortestPause) return undefined;
    last = now;
    return import('../scheme/explain/diagnose.js').then(({ diagnose }) => {
      const diagnosis = diagnose(request, secrets, scheme);
      return diagnosis?.found ? diagnosis : undefined;
    });
  };
}
