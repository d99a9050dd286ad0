import { statusAt, type EventDefinition } from '../event.js';

const statuses = ['FUNDS_RECEIVED', 'IN_COMPLIANCE', 'PROCESSING', 'COMPLETED', 'FAILED', 'REFUNDED'];

export const transactionStatus = {
  name: 'transaction.status',
  summary: "a transaction's status changed",
  status: statusAt(['data', 'status'], statuses),
  reference: ['data', 'id'],
  hasCustomer: false,
  hasType: false,
  walks: () => [
    [
      [['FUNDS_RECEIVED']],
      [[], [], ['IN_COMPLIANCE']],
      [['PROCESSING']],
      [['COMPLETED'], ['COMPLETED'], ['FAILED'], ['FAILED', 'REFUNDED']],
    ],
  ],
  schema: async () => (await import('./schema.js')).transactionStatusSchema,
  generator: async () => (await import('./generator.js')).generator,
} as const satisfies EventDefinition;
