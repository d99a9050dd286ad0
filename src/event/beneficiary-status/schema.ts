import * as z from 'zod/mini';
import { eventSchema, identifier, openStatus } from '../envelope.js';
import type { EventFacts } from '../event.js';

/** Fin publishes two shapes: without a status, and with one. */
export const beneficiaryStatusSchema = (facts: EventFacts) =>
  eventSchema(facts, {
    beneficiary_id: identifier,
    customer_id: identifier,
    active: z.boolean(),
    status: z.optional(openStatus(facts)),
    type: z.optional(z.string()),
  });
