import * as z from 'zod/mini';
import { looseObject } from '../../json/compiled-object.js';
import { eventSchema, identifier, openStatus, timestamp } from '../envelope.js';
import { customerTypes, type EventFacts } from '../event.js';

/**
 * Unknown statuses and other keys are allowed, because both sets are open. The keys of a BUSINESS are inferred from Fin's
 * REST API: checked when present, never required.
 */
export function customerStatusSchema(facts: EventFacts) {
  const text = z.optional(z.string());
  const time = z.optional(timestamp);
  const associatedParty = looseObject({
    id: text,
    type: text,
    ownership_percent: z.optional(z.number()),
    email: text,
    verification: z.optional(looseObject({ status: text })),
  });
  return eventSchema(facts, {
    customer_id: identifier,
    customer_status: openStatus(facts),
    type: z.enum(customerTypes),
    verification_type: z.optional(z.enum(['STANDARD', 'RELIANCE'])),
    email: text,
    first_name: text,
    last_name: text,
    business_name: text,
    country_of_residence: text,
    country_of_incorporation: text,
    phone: text,
    // A bare UUID in Fin's own examples, despite its name.
    tos_policies_url: text,
    associated_parties: z.optional(z.array(associatedParty)),
    created_at: time,
    updated_at: time,
  });
}
