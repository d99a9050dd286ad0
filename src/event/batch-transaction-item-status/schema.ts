import { eventSchema, identifier, openStatus } from '../envelope.js';
import type { EventFacts } from '../event.js';

export const batchItemStatusSchema = (facts: EventFacts) =>
  eventSchema(facts, {
    batch_id: identifier,
    batch_item_id: identifier,
    transaction_id: identifier,
    status: openStatus(facts),
  });
