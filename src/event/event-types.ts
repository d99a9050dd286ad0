import type * as z from 'zod';
import { customerStatusSchema } from './customer-status/schema.js';
import { customerStatusNames } from './customer-status/statuses.js';

export interface EventType {
  schema: z.ZodObject;
  /** Where the id stands that `event_reference_id` repeats. */
  reference: readonly string[];
  /** Where the status stands, and what is documented to stand there. The set is open. */
  status: { path: readonly string[]; names: readonly string[] };
}

/** The events whose shape is known, by `event.type`. */
export const eventTypes: ReadonlyMap<string, EventType> = new Map([
  [
    'customer.status',
    {
      schema: customerStatusSchema,
      reference: ['data', 'customer_id'],
      status: { path: ['data', 'customer_status'], names: customerStatusNames },
    },
  ],
]);
