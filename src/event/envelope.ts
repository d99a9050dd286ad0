import * as z from 'zod';
import { catalogue, type EventName } from './catalogue.js';

export const identifier = z.string().min(1);

/** RFC 3339 with any number of fraction digits: Fin sends none, 5, 6 and 9. Kept as text, for a Date would cut them. */
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

/** The envelope of one type of event, and what its `data` holds. Other keys may come in either. */
export const eventSchema = <Shape extends z.ZodRawShape>(type: EventName, data: Shape) =>
  z.looseObject({
    event: envelope.shape.event.extend({ type: z.literal(type) }),
    data: z.looseObject(data),
  });

/** The status of an event: any name will do, for others than the documented ones may come. */
export function openStatus(event: EventName) {
  const { documented, names } = catalogue[event].status;
  const words = documented.map(({ name, meaning }) => (meaning === undefined ? name : `${name} (${meaning})`));
  return identifier.meta({ description: `An open set. Documented: ${words.join(', ')}.`, examples: [...names] });
}
