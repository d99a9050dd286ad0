import * as z from 'zod/mini';
import { eventSchema, identifier, openStatus, timestamp } from '../envelope.js';
import type { EventFacts } from '../event.js';

export function transactionStatusSchema(facts: EventFacts) {
  const text = z.optional(z.string());
  const amount = z.optional(z.number());
  return eventSchema(facts, {
    id: identifier,
    status: openStatus(facts),
    transaction_ref_id: text,
    transaction_type: text,
    beneficiary_id: text,
    from_amount: amount,
    from_currency: text,
    developer_fee: amount,
    developer_fee_fixed: amount,
    developer_fee_percentage: amount,
    processing_amount: amount,
    fx_rate: amount,
    payout_amount: amount,
    payout_currency: text,
    hash: text,
    created_at: z.optional(timestamp),
    updated_at: z.optional(timestamp),
  });
}
