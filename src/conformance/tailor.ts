import { statusSet, type StatusSet } from '../http/status-set.js';
import { hasCatalogue } from '../scheme/schemes.js';
import { isDelivery, type Case, type Statuses } from './case.js';
import type { Traits } from './features.js';

/** Returns a case with its texts and statuses for a scheme. */
export function tailored<One extends Case>(one: One, { scheme, body }: Traits): One {
  const worded = body === 'event' ? one : { ...one, ...one.elsewhere };
  if (!isDelivery(worded) || hasCatalogue(scheme)) return worded;
  const { accepts } = scheme.definition;
  return { ...worded, ...accepting(accepts, worded.others ?? worded) };
}

/** `accepts`: the statuses that count as success for the sender. */
const accepting = (accepts: string | undefined, { required, advised, advice }: Statuses): Statuses => ({
  required: required && accepted(required, accepts),
  advised: advised && accepted(advised, accepts),
  advice,
});

/** If a refusal passes, any success passes, too. */
const accepted = (set: StatusSet, accepts = '2xx'): StatusSet =>
  set.includes(400) ? set : statusSet(set.text.replace('2xx', accepts));
