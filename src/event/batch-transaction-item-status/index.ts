import { statusAt, type EventDefinition } from '../event.js';

export const batchTransactionItemStatus = {
  name: 'batch.transaction.item.status',
  summary: 'the status of a transaction in a batch changed',
  // Fin publishes no list of statuses. This one is from its example.
  status: statusAt(['data', 'status'], ['PENDING']),
  reference: ['data', 'transaction_id'],
  hasCustomer: false,
  hasType: false,
  schema: async () => (await import('./schema.js')).batchItemStatusSchema,
  generator: async () => (await import('./generator.js')).generator,
} as const satisfies EventDefinition;
