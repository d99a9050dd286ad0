import * as z from 'zod';
import { eventSchema, identifier, openStatus } from '../envelope.js';
import type { EventFacts } from '../event.js';

/** Fin publishes two shapes: without a status, and with one. */
export const beneficiaryStatusSchema = (facts: EventFacts) =>
  eventSchema(facts, {
    beneficiary_id: identifier,
    customer_id: identifier,
    active: z.boolean(),
    status: openStatus(facts).optional(),
    type: z.string().optional(),
  });
