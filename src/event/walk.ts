import { faker } from '@faker-js/faker/locale/en';
import type { EventName } from './catalogue.js';
import { customerStatuses, type CustomerType } from './customer-status/statuses.js';

/** One of these runs of statuses comes next; an empty one is no step. What is likelier is named more often. */
type Step = readonly (readonly string[])[];

type Walk = readonly Step[];

/** Plausible, and no more than that: Fin publishes no transitions. */
const walks: Readonly<Partial<Record<EventName, (type: CustomerType) => readonly Walk[]>>> = {
  'customer.status': type => [customerWalk(type), customerWalk(type).map(step => step.map(run => run.map(nameInV2)))],
  'transaction.status': () => [
    [
      [['FUNDS_RECEIVED']],
      [[], [], ['IN_COMPLIANCE']],
      [['PROCESSING']],
      [['COMPLETED'], ['COMPLETED'], ['FAILED'], ['FAILED', 'REFUNDED']],
    ],
  ],
  'virtual_account.status.v2': () => [
    [
      [['PROCESSING']],
      [[], [], ['IN_COMPLIANCE']],
      [[], [], ['REQUEST_FOR_INFORMATION', 'PROCESSING']],
      [['ACTIVE'], ['ACTIVE'], ['ACTIVE', 'INACTIVE'], ['DECLINED']],
    ],
  ],
  'transit.payment.status': () => [
    [
      [['PAY_INIT']],
      [['PAY_PROCESS']],
      [['PAY_SUCCESS', 'SETTLEMENT_INIT']],
      [[], [], ['SETTLEMENT_HOLD']],
      [['SETTLEMENT_SUCCESS'], ['SETTLEMENT_SUCCESS'], ['SETTLEMENT_FAILED']],
    ],
    [[['PAY_INIT']], [['PAY_PROCESS'], []], [['PAY_FAILED'], ['PAY_TIMEOUT'], ['PAY_CANCEL']]],
  ],
};

/** In the names of V1. */
const customerWalk = (type: CustomerType): Walk => [
  [['QUEUED']],
  [['REVIEWING']],
  type === 'BUSINESS' ? [[], ['ASSOCIATED_PARTIES_REMAINING', 'REVIEWING']] : [[]],
  [[], [], ['ON_HOLD', 'REVIEWING'], ['REINITIATE', 'REVIEWING']],
  [['APPROVED'], ['APPROVED'], ['REJECTED']],
];

const nameInV2 = (name: string): string =>
  customerStatuses.find(({ api, otherName }) => otherName === name && api.includes('V2'))?.name ?? name;

/** The events of which a course is known. */
export const walkingEvents = Object.keys(walks);

/** A plausible course of statuses; undefined where none is known. A customer's names are all of V1 or all of V2. */
export function walkOf({ event, type }: { event: EventName; type: CustomerType }): string[] | undefined {
  const possible = walks[event]?.(type);
  return possible && faker.helpers.arrayElement(possible).flatMap(step => faker.helpers.arrayElement(step));
}
