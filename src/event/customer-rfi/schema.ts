import * as z from 'zod/mini';
import { looseObject } from '../../json/compiled-object.js';
import { eventSchema, identifier } from '../envelope.js';
import type { EventFacts } from '../event.js';

export function customerRfiSchema(facts: EventFacts) {
  const field = looseObject({
    field_name: identifier,
    status: identifier.check(
      z.meta({
        description: 'Why it is requested. An open set. Documented: MISSING, INVALID, EXPIRED.',
        examples: ['MISSING', 'INVALID', 'EXPIRED'],
      }),
    ),
    data_type: z.optional(z.string().check(z.meta({ examples: ['URI', 'DATE', 'TEXT'] }))),
    reason: z.optional(z.nullable(z.string())),
    side: z.optional(z.string().check(z.meta({ examples: ['FRONT', 'BACK'] }))),
  });

  const category = looseObject({ document_type: z.optional(z.string()), fields: z.array(field) });

  const section = looseObject({ section: identifier, categories: z.array(category) });

  return eventSchema(facts, {
    customer_id: identifier,
    request_for_information: z.array(section),
  });
}
