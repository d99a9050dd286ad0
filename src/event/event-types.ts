import type * as z from 'zod';
import { batchItemStatusSchema } from './batch-transaction-item-status/schema.js';
import { beneficiaryStatusSchema } from './beneficiary-status/schema.js';
import { catalogue, eventNames, type EventFacts, type EventName } from './catalogue.js';
import { customerRfiSchema } from './customer-rfi/schema.js';
import { customerStatusSchema } from './customer-status/schema.js';
import { transactionStatusSchema } from './transaction-status/schema.js';
import { transitPaymentStatusSchema } from './transit-payment-status/schema.js';
import {
  virtualAccountCreatedSchema,
  virtualAccountCreatedV2Schema,
  virtualAccountStatusV2Schema,
} from './virtual-account/schema.js';

export interface EventType extends EventFacts {
  /** Whatever it says, JSON Schema says, too: so no refinements, which that has no word for. */
  schema: z.ZodObject;
}

const schemas: Readonly<Record<EventName, () => z.ZodObject>> = {
  'customer.status': customerStatusSchema,
  'customer.rfi': customerRfiSchema,
  'beneficiary.status': beneficiaryStatusSchema,
  'transaction.status': transactionStatusSchema,
  'batch.transaction.item.status': batchItemStatusSchema,
  'virtual_account.created': virtualAccountCreatedSchema,
  'virtual_account.created.v2': virtualAccountCreatedV2Schema,
  'virtual_account.status.v2': virtualAccountStatusV2Schema,
  'transit.payment.status': transitPaymentStatusSchema,
};

/** The events whose shape is known, by `event.type`. */
export const eventTypes: ReadonlyMap<string, EventType> = new Map(
  eventNames.map(name => [name, createEventType(name)]),
);

/** Its schema is made when it is first wanted: to make all of them takes longer than to judge an event. */
function createEventType(name: EventName): EventType {
  let made: z.ZodObject | undefined;
  return {
    ...catalogue[name],
    get schema() {
      return (made ??= schemas[name]());
    },
  };
}
