import * as z from 'zod';
import { eventSchema, identifier, openStatus } from '../envelope.js';
import { beneficiaryStatuses } from './statuses.js';

/** Fin publishes two shapes: without a status, and with one. */
export const beneficiaryStatusSchema = eventSchema('beneficiary.status', {
  beneficiary_id: identifier,
  customer_id: identifier,
  active: z.boolean(),
  status: openStatus(beneficiaryStatuses).optional(),
  type: z.string().optional(),
});
