import * as z from 'zod';
import { eventSchema, identifier } from '../envelope.js';
import type { EventFacts } from '../event.js';

export function customerRfiSchema(facts: EventFacts) {
  const field = z.looseObject({
    field_name: identifier,
    status: identifier.meta({
      description: 'Why it is requested. An open set. Documented: MISSING, INVALID, EXPIRED.',
      examples: ['MISSING', 'INVALID', 'EXPIRED'],
    }),
    data_type: z
      .string()
      .meta({ examples: ['URI', 'DATE', 'TEXT'] })
      .optional(),
    reason: z.string().nullable().optional(),
    side: z
      .string()
      .meta({ examples: ['FRONT', 'BACK'] })
      .optional(),
  });

  const category = z.looseObject({ document_type: z.string().optional(), fields: z.array(field) });

  const section = z.looseObject({ section: identifier, categories: z.array(category) });

  return eventSchema(facts, {
    customer_id: identifier,
    request_for_information: z.array(section),
  });
}
