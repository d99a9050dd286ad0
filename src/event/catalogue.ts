import { batchItemStatuses } from './batch-transaction-item-status/statuses.js';
import { beneficiaryStatuses } from './beneficiary-status/statuses.js';
import { customerStatuses, restOnlyStatus } from './customer-status/statuses.js';
import type { Status } from './status.js';
import { transactionStatuses } from './transaction-status/statuses.js';
import { transitPaymentStatuses } from './transit-payment-status/statuses.js';
import { newVirtualAccountStatuses, virtualAccountStatuses } from './virtual-account/statuses.js';

/** What is documented of an event, as far as it takes no schema to tell. */
export interface EventFacts {
  /** What the event tells, as a clause. */
  summary: string;
  /** Where the status stands, and what is documented to stand there. The set is open; an event without one has no path. */
  status: { path: readonly string[]; documented: readonly Status[]; names: readonly string[] };
  /** Where the id stands that `event.event_reference_id` repeats. */
  reference: readonly string[];
  /** It is about a customer, so it has `data.customer_id`. */
  hasCustomer: boolean;
  /** There are some of an INDIVIDUAL and some of a BUSINESS, told apart by `data.type`. */
  hasType: boolean;
}

const statusAt = (documented: readonly Status[], ...path: string[]): EventFacts['status'] => ({
  path,
  documented,
  names: documented.map(({ name }) => name),
});

const virtualAccount = { reference: ['data', 'id'], hasCustomer: true, hasType: false } as const;

const table = {
  'customer.status': {
    summary: "a customer's verification status changed",
    status: statusAt([...customerStatuses, restOnlyStatus], 'data', 'customer_status'),
    reference: ['data', 'customer_id'],
    hasCustomer: true,
    hasType: true,
  },
  'customer.rfi': {
    summary: 'information is requested from a customer',
    status: statusAt([]),
    reference: ['data', 'customer_id'],
    hasCustomer: true,
    hasType: false,
  },
  'beneficiary.status': {
    summary: "a beneficiary's status changed",
    status: statusAt(beneficiaryStatuses, 'data', 'status'),
    reference: ['data', 'beneficiary_id'],
    hasCustomer: true,
    hasType: true,
  },
  'transaction.status': {
    summary: "a transaction's status changed",
    status: statusAt(transactionStatuses, 'data', 'status'),
    reference: ['data', 'id'],
    hasCustomer: false,
    hasType: false,
  },
  'batch.transaction.item.status': {
    summary: 'the status of a transaction in a batch changed',
    status: statusAt(batchItemStatuses, 'data', 'status'),
    reference: ['data', 'transaction_id'],
    hasCustomer: false,
    hasType: false,
  },
  'virtual_account.created': {
    ...virtualAccount,
    summary: 'a virtual account was created (V1)',
    status: statusAt(newVirtualAccountStatuses, 'data', 'status'),
  },
  'virtual_account.created.v2': {
    ...virtualAccount,
    summary: 'a virtual account was created (V2)',
    status: statusAt(virtualAccountStatuses, 'data', 'status'),
  },
  'virtual_account.status.v2': {
    ...virtualAccount,
    summary: "a virtual account's status changed (V2)",
    status: statusAt(virtualAccountStatuses, 'data', 'status'),
  },
  'transit.payment.status': {
    summary: "a transit payment's status changed",
    status: statusAt(transitPaymentStatuses, 'data', 'status'),
    reference: ['data', 'payment_id'],
    hasCustomer: false,
    hasType: false,
  },
} as const satisfies Record<string, EventFacts>;

export type EventName = keyof typeof table;

/** The events that Fin documents, by `event.type`. Neither schemas nor generators are loaded with it. */
export const catalogue: Readonly<Record<EventName, EventFacts>> = table;

export const eventNames = Object.keys(table) as readonly EventName[];

/** What most of this program's users wait for. */
export const usualEvent: EventName = 'customer.status';

export const isEventName = (name: unknown): name is EventName => typeof name === 'string' && Object.hasOwn(table, name);
