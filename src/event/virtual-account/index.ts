import { statusAt, type EventDefinition } from '../event.js';

const shared = { reference: ['data', 'id'], hasCustomer: true, hasType: false } as const;

/** A V2 account starts with the first of these. */
const statusOfV2 = statusAt(
  ['data', 'status'],
  ['PROCESSING', 'IN_COMPLIANCE', 'REQUEST_FOR_INFORMATION', 'ACTIVE', 'INACTIVE', 'DECLINED'],
);

const generatorOfV2 = async () => (await import('./generator.js')).generatorOfV2;

export const virtualAccountCreated = {
  ...shared,
  name: 'virtual_account.created',
  summary: 'a virtual account was created (V1)',
  // Fin publishes no list of statuses. This one is from its example.
  status: statusAt(['data', 'status'], ['ACTIVE']),
  schema: async () => (await import('./schema.js')).schemaOfV1,
  generator: async () => (await import('./generator.js')).generatorOfV1,
} as const satisfies EventDefinition;

export const virtualAccountCreatedV2 = {
  ...shared,
  name: 'virtual_account.created.v2',
  summary: 'a virtual account was created (V2)',
  status: statusOfV2,
  schema: async () => (await import('./schema.js')).schemaOfV2,
  generator: generatorOfV2,
} as const satisfies EventDefinition;

export const virtualAccountStatusV2 = {
  ...shared,
  name: 'virtual_account.status.v2',
  summary: "a virtual account's status changed (V2)",
  status: statusOfV2,
  walks: () => [
    [
      [['PROCESSING']],
      [[], [], ['IN_COMPLIANCE']],
      [[], [], ['REQUEST_FOR_INFORMATION', 'PROCESSING']],
      [['ACTIVE'], ['ACTIVE'], ['ACTIVE', 'INACTIVE'], ['DECLINED']],
    ],
  ],
  schema: async () => (await import('./schema.js')).schemaOfV2,
  generator: generatorOfV2,
} as const satisfies EventDefinition;
