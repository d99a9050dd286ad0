import { named } from '../status.js';

/** Of V1: what is seen in Fin's example; it publishes no list. */
export const newVirtualAccountStatuses = named('ACTIVE');

/** Of V2, whose accounts start with the first. */
export const virtualAccountStatuses = named(
  'PROCESSING',
  'IN_COMPLIANCE',
  'REQUEST_FOR_INFORMATION',
  'ACTIVE',
  'INACTIVE',
  'DECLINED',
);
