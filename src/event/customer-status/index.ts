import { statusAt, type CustomerType, type EventDefinition, type Walk } from '../event.js';
import { customerStatuses, restOnlyStatus } from './statuses.js';

export const customerStatus = {
  name: 'customer.status',
  summary: "a customer's verification status changed",
  status: statusAt(['data', 'customer_status'], [...customerStatuses, restOnlyStatus]),
  reference: ['data', 'customer_id'],
  hasCustomer: true,
  hasType: true,
  // One customer's status names are either all V1 or all V2.
  walks: type => [walkInV1(type), walkInV1(type).map(step => step.map(run => run.map(nameInV2)))],
  schema: async () => (await import('./schema.js')).customerStatusSchema,
  generator: async () => (await import('./generator.js')).generator,
} as const satisfies EventDefinition;

const walkInV1 = (type: CustomerType): Walk => [
  [['QUEUED']],
  [['REVIEWING']],
  type === 'BUSINESS' ? [[], ['ASSOCIATED_PARTIES_REMAINING', 'REVIEWING']] : [[]],
  [[], [], ['ON_HOLD', 'REVIEWING'], ['REINITIATE', 'REVIEWING']],
  [['APPROVED'], ['APPROVED'], ['REJECTED']],
];

const nameInV2 = (name: string): string =>
  customerStatuses.find(({ api, otherName }) => otherName === name && api.includes('V2'))?.name ?? name;
