import { named } from '../status.js';

export const transitPaymentStatuses = named(
  ...['INIT', 'PROCESS', 'SUCCESS', 'FAILED', 'TIMEOUT', 'CANCEL'].map(state => `PAY_${state}`),
  ...['INIT', 'SUCCESS', 'HOLD', 'FAILED'].map(state => `SETTLEMENT_${state}`),
);
