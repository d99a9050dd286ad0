import { statusAt, type EventDefinition } from '../event.js';

const statuses = [
  ...['INIT', 'PROCESS', 'SUCCESS', 'FAILED', 'TIMEOUT', 'CANCEL'].map(state => `PAY_${state}`),
  ...['INIT', 'SUCCESS', 'HOLD', 'FAILED'].map(state => `SETTLEMENT_${state}`),
];

export const transitPaymentStatus = {
  name: 'transit.payment.status',
  summary: "a transit payment's status changed",
  status: statusAt(['data', 'status'], statuses),
  reference: ['data', 'payment_id'],
  hasCustomer: false,
  hasType: false,
  walks: () => [
    [
      [['PAY_INIT']],
      [['PAY_PROCESS']],
      [['PAY_SUCCESS', 'SETTLEMENT_INIT']],
      [[], [], ['SETTLEMENT_HOLD']],
      [['SETTLEMENT_SUCCESS'], ['SETTLEMENT_SUCCESS'], ['SETTLEMENT_FAILED']],
    ],
    [[['PAY_INIT']], [['PAY_PROCESS'], []], [['PAY_FAILED'], ['PAY_TIMEOUT'], ['PAY_CANCEL']]],
  ],
  schema: async () => (await import('./schema.js')).transitPaymentStatusSchema,
  generator: async () => (await import('./generator.js')).generator,
} as const satisfies EventDefinition;
