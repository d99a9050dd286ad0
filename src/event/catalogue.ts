import { batchTransactionItemStatus } from './batch-transaction-item-status/index.js';
import { beneficiaryStatus } from './beneficiary-status/index.js';
import { customerRfi } from './customer-rfi/index.js';
import { customerStatus } from './customer-status/index.js';
import type { EventDefinition } from './event.js';
import { transactionStatus } from './transaction-status/index.js';
import { transitPaymentStatus } from './transit-payment-status/index.js';
import { virtualAccountCreated, virtualAccountCreatedV2, virtualAccountStatusV2 } from './virtual-account/index.js';

const definitions = [
  customerStatus,
  customerRfi,
  beneficiaryStatus,
  transactionStatus,
  batchTransactionItemStatus,
  virtualAccountCreated,
  virtualAccountCreatedV2,
  virtualAccountStatusV2,
  transitPaymentStatus,
] as const;

export type EventName = (typeof definitions)[number]['name'];

/** The events that Fin documents, by `event.type`. Loading it loads neither schemas nor generators. */
export const catalogue = Object.fromEntries(
  definitions.map((event): [string, EventDefinition] => [event.name, event]),
) as Readonly<Record<EventName, EventDefinition>>;

export const eventNames: readonly EventName[] = definitions.map(({ name }) => name);

/** The event that most users work with. */
export const usualEvent: EventName = 'customer.status';

export const isEventName = (name: unknown): name is EventName =>
  typeof name === 'string' && Object.hasOwn(catalogue, name);

/** The events with a known plausible course of statuses. */
export const walkingEvents: readonly EventName[] = eventNames.filter(name => catalogue[name].walks !== undefined);

/** The documented status of `event` that matches `text`, ignoring case. */
export const statusNamed = (event: EventName, text: string): string | undefined =>
  catalogue[event].status.names.find(name => name.toLowerCase() === text.toLowerCase());

/** Loads one part of every event. */
export async function loadAll<Part extends 'schema' | 'generator'>(
  part: Part,
): Promise<Readonly<Record<EventName, Awaited<ReturnType<EventDefinition[Part]>>>>> {
  const parts = await Promise.all(eventNames.map(async name => [name, await catalogue[name][part]()] as const));
  return Object.fromEntries(parts) as Record<EventName, Awaited<ReturnType<EventDefinition[Part]>>>;
}
