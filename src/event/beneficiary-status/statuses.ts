import { named } from '../status.js';

/** What is seen in Fin's examples; it publishes no list. */
export const beneficiaryStatuses = named('PROCESSING');
