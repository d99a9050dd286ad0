import { named } from '../status.js';

export const transactionStatuses = named(
  'FUNDS_RECEIVED',
  'IN_COMPLIANCE',
  'PROCESSING',
  'COMPLETED',
  'FAILED',
  'REFUNDED',
);
