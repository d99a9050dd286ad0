import * as z from 'zod';
import { eventSchema, identifier, openStatus } from '../envelope.js';

export function transitPaymentStatusSchema() {
  const text = z.string().optional();
  // Seconds since 1970; 0 where there is none.
  const unixTime = z.number().optional();
  return eventSchema('transit.payment.status', {
    payment_id: identifier,
    status: openStatus('transit.payment.status'),
    quote_id: text,
    integration_type: text,
    create_time: unixTime,
    payment_info: z
      .looseObject({
        pay_id: text,
        merchant_trade_no: text,
        // A text in Fin's example, unlike the amounts of transactions.
        amount: text,
        status: text,
        currency: text,
        currency_type: text,
        expire_time: unixTime,
        payment_time: unixTime,
      })
      .nullable()
      .optional(),
    // What it holds once there is a settlement isn't documented.
    settlement_info: z.unknown().optional(),
  });
}
