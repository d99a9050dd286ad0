import * as z from 'zod/mini';
import { looseObject } from '../../json/compiled-object.js';
import { eventSchema, identifier, openStatus } from '../envelope.js';
import type { EventFacts } from '../event.js';

export function transitPaymentStatusSchema(facts: EventFacts) {
  const text = z.optional(z.string());
  // Seconds since 1970; 0 if there is none.
  const unixTime = z.optional(z.number());
  return eventSchema(facts, {
    payment_id: identifier,
    status: openStatus(facts),
    quote_id: text,
    integration_type: text,
    create_time: unixTime,
    payment_info: z.optional(
      z.nullable(
        looseObject({
          pay_id: text,
          merchant_trade_no: text,
          // A string in Fin's example, unlike the amounts of transactions.
          amount: text,
          status: text,
          currency: text,
          currency_type: text,
          expire_time: unixTime,
          payment_time: unixTime,
        }),
      ),
    ),
    // Fin doesn't document its content once there is a settlement.
    settlement_info: z.optional(z.unknown()),
  });
}
