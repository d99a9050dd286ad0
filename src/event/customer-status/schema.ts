import * as z from 'zod';
import { eventSchema, identifier, openStatus, timestamp } from '../envelope.js';
import { customerTypes } from './statuses.js';

const text = z.string();

const associatedParty = z.looseObject({
  id: text.optional(),
  type: text.optional(),
  ownership_percent: z.number().optional(),
  email: text.optional(),
  verification: z.looseObject({ status: text.optional() }).optional(),
});

/**
 * The body of a `customer.status` webhook. Statuses are an open set and other keys may come, so neither is an error.
 * The keys of a BUSINESS are inferred from Fin's REST API: checked when present, never demanded.
 */
export const customerStatusSchema = eventSchema('customer.status', {
  customer_id: identifier,
  customer_status: openStatus('customer.status'),
  type: z.enum(customerTypes),
  verification_type: z.enum(['STANDARD', 'RELIANCE']).optional(),
  email: text.optional(),
  first_name: text.optional(),
  last_name: text.optional(),
  business_name: text.optional(),
  country_of_residence: text.optional(),
  country_of_incorporation: text.optional(),
  phone: text.optional(),
  // A bare UUID in Fin's own examples, despite its name.
  tos_policies_url: text.optional(),
  associated_parties: z.array(associatedParty).optional(),
  created_at: timestamp.optional(),
  updated_at: timestamp.optional(),
});
