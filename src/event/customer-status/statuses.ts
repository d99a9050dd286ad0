import type { Status } from '../event.js';

/** A documented value of `data.customer_status`. The API version that created a customer decides which names it gets. */
interface CustomerStatus extends Status {
  api: readonly ('V1' | 'V2')[];
  meaning: string;
  /** The name of the same state in the other API version, if it differs. */
  otherName?: string;
}

/** The statuses that Fin documents for webhooks, in the order of a customer's usual progress. */
export const customerStatuses: readonly CustomerStatus[] = [
  { name: 'QUEUED', api: ['V1'], otherName: 'PROCESSING', meaning: 'awaiting processing' },
  { name: 'PROCESSING', api: ['V2'], otherName: 'QUEUED', meaning: 'awaiting processing' },
  { name: 'REVIEWING', api: ['V1', 'V2'], meaning: 'under review' },
  { name: 'APPROVED', api: ['V1', 'V2'], meaning: 'verified and approved' },
  { name: 'ASSOCIATED_PARTIES_REMAINING', api: ['V1', 'V2'], meaning: 'associated parties still to be verified' },
  { name: 'ON_HOLD', api: ['V1'], otherName: 'IN_COMPLIANCE', meaning: 'paused for a compliance review' },
  { name: 'IN_COMPLIANCE', api: ['V2'], otherName: 'ON_HOLD', meaning: 'paused for a compliance review' },
  { name: 'REINITIATE', api: ['V1'], otherName: 'ACTION_REQUIRED', meaning: 'a new document must be uploaded' },
  { name: 'ACTION_REQUIRED', api: ['V2'], otherName: 'REINITIATE', meaning: 'a new document must be uploaded' },
  { name: 'REJECTED', api: ['V1', 'V2'], meaning: 'rejected' },
];

/** A status of Fin's REST API that no webhook page lists: known, but not expected in a webhook. */
export const restOnlyStatus: Status = { name: 'INCOMPLETE', meaning: "of Fin's REST API; no webhook page lists it" };
