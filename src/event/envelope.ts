import * as z from 'zod/mini';
import { looseObject } from '../json/compiled-object.js';
import type { EventFacts } from './event.js';

export const identifier = z.string().check(z.minLength(1));

/** Existing days only, by the length of the month; 29 February in leap years only. */
const date = [
  String.raw`\d{4}-(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])`,
  String.raw`\d{4}-(?:0[469]|11)-(?:0[1-9]|[12]\d|30)`,
  String.raw`\d{4}-02-(?:0[1-9]|1\d|2[0-8])`,
  String.raw`(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29`,
].join('|');

const hours = String.raw`(?:[01]\d|2[0-3])`;

/**
 * RFC 3339 with any number of fraction digits: Fin sends none, 5, 6 and 9. It stays text because a Date would cut them.
 * T and Z may be lower-case, and a minute may have a leap second.
 */
export const timestamp = z
  .string()
  .check(
    z.regex(
      new RegExp(String.raw`^(?:${date})[Tt]${hours}:[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-]${hours}:[0-5]\d)$`),
    ),
  );

/** What all of Fin's events share. */
export const envelope = looseObject({
  event: looseObject({
    id: identifier,
    event_reference_id: identifier,
    type: identifier,
    created_at: timestamp,
    sandbox_mode: z.optional(z.boolean()),
  }),
  data: looseObject({}),
});

/** The envelope of one event type around the shape of its `data`. Both may have other keys. */
export const eventSchema = <Shape extends z.core.$ZodShape>({ name }: EventFacts, data: Shape) =>
  looseObject({
    event: z.extend(envelope.shape.event, { type: z.literal(name) }),
    data: looseObject(data),
  });

/** The status of an event. Any name is valid, because the set is open. */
export function openStatus({ status: { documented, names } }: EventFacts) {
  const words = documented.map(({ name, meaning }) => (meaning === undefined ? name : `${name} (${meaning})`));
  return identifier.check(
    z.meta({ description: `An open set. Documented: ${words.join(', ')}.`, examples: [...names] }),
  );
}
