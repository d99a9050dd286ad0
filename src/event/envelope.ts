import * as z from 'zod';
import type { EventFacts } from './event.js';

export const identifier = z.string().min(1);

/** RFC 3339 with any number of fraction digits: Fin sends none, 5, 6 and 9. It stays text because a Date would cut them. */
export const timestamp = z
  .string()
  .regex(
    /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/,
  );

/** What all of Fin's events share. */
export const envelope = z.looseObject({
  event: z.looseObject({
    id: identifier,
    event_reference_id: identifier,
    type: identifier,
    created_at: timestamp,
    sandbox_mode: z.boolean().optional(),
  }),
  data: z.looseObject({}),
});

/** The envelope of one type of event around the shape of its `data`. Both may have other keys. */
export const eventSchema = <Shape extends z.ZodRawShape>({ name }: EventFacts, data: Shape) =>
  z.looseObject({
    event: envelope.shape.event.extend({ type: z.literal(name) }),
    data: z.looseObject(data),
  });

/** The status of an event. Any name is valid, because the set is open. */
export function openStatus({ status: { documented, names } }: EventFacts) {
  const words = documented.map(({ name, meaning }) => (meaning === undefined ? name : `${name} (${meaning})`));
  return identifier.meta({ description: `An open set. Documented: ${words.join(', ')}.`, examples: [...names] });
}
