import { named } from '../status.js';

/** What is seen in Fin's example; it publishes no list. */
export const batchItemStatuses = named('PENDING');
