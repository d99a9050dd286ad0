import type { ReceivedRequest } from '../../receiver/received-request.js';
import type { Judgement } from '../../receiver/assessment.js';
import { diagnose, type Diagnosis } from '../../scheme/explain/diagnose.js';
import { defaultScheme } from '../../scheme/schemes.js';
import type { Secret } from '../../scheme/secret.js';

/** Bytes: the search takes some milliseconds for so much, and nothing else is done meanwhile. */
const largestBody = 64 * 1024;

/** Milliseconds. */
const shortestPause = 250;

type Investigator = (
  request: ReceivedRequest,
  judgement: Judgement,
  secrets: readonly Secret[],
) => Diagnosis | undefined;

/** Looks for the cause of a bad signature, but not so often that strangers could keep a listener busy with it. */
export function createInvestigator(): Investigator {
  let last = Number.NEGATIVE_INFINITY;
  return (request, { signature }, secrets) => {
    const { body, flaw } = request;
    if (signature?.valid !== false || flaw !== undefined || body.length > largestBody) return undefined;
    if (performance.now() - last < shortestPause) return undefined;
    last = performance.now();
    const diagnosis = diagnose(request, secrets, defaultScheme);
    return diagnosis?.found ? diagnosis : undefined;
  };
}
