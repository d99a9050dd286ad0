import { eventSchema, identifier, openStatus } from '../envelope.js';

export const batchItemStatusSchema = () =>
  eventSchema('batch.transaction.item.status', {
    batch_id: identifier,
    batch_item_id: identifier,
    transaction_id: identifier,
    status: openStatus('batch.transaction.item.status'),
  });
