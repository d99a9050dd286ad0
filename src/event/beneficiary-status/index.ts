import { statusAt, type EventDefinition } from '../event.js';

export const beneficiaryStatus = {
  name: 'beneficiary.status',
  summary: "a beneficiary's status changed",
  // Fin publishes no list of statuses. This one is from its examples.
  status: statusAt(['data', 'status'], ['PROCESSING']),
  reference: ['data', 'beneficiary_id'],
  hasCustomer: true,
  hasType: true,
  schema: async () => (await import('./schema.js')).beneficiaryStatusSchema,
  generator: async () => (await import('./generator.js')).generator,
} as const satisfies EventDefinition;
