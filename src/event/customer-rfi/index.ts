import { noStatus, type EventDefinition } from '../event.js';

export const customerRfi = {
  name: 'customer.rfi',
  summary: 'information is requested from a customer',
  status: noStatus,
  reference: ['data', 'customer_id'],
  hasCustomer: true,
  hasType: false,
  schema: async () => (await import('./schema.js')).customerRfiSchema,
  generator: async () => (await import('./generator.js')).generator,
} as const satisfies EventDefinition;
