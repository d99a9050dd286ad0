import * as z from 'zod';
import { eventSchema, identifier, openStatus } from '../envelope.js';

/** Fin publishes two shapes: without a status, and with one. */
export const beneficiaryStatusSchema = () =>
  eventSchema('beneficiary.status', {
    beneficiary_id: identifier,
    customer_id: identifier,
    active: z.boolean(),
    status: openStatus('beneficiary.status').optional(),
    type: z.string().optional(),
  });
