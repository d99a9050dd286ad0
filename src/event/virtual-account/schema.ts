import * as z from 'zod/mini';
import { looseObject } from '../../json/compiled-object.js';
import { eventSchema, identifier, openStatus, timestamp } from '../envelope.js';
import type { EventFacts } from '../event.js';

/** V1 reports only that an account was created. */
export function schemaOfV1(facts: EventFacts) {
  const { textOrNull, bankAccount, account } = parts();
  return eventSchema(facts, {
    ...account,
    status: openStatus(facts),
    deposit_instructions: z.optional(
      z.nullable(
        looseObject({ ...bankAccount, bank_beneficiary_name: textOrNull, bank_beneficiary_address: textOrNull }),
      ),
    ),
  });
}

/** V2 has one shape for a new account and for its changes. */
export function schemaOfV2(facts: EventFacts) {
  const { text, textOrNull, bankAccount, account } = parts();
  return eventSchema(facts, {
    ...account,
    status: openStatus(facts),
    developer_fee_fixed: z.optional(z.number()),
    // Null until the account is active.
    deposit_instructions: z.optional(
      z.nullable(
        looseObject({
          ...bankAccount,
          account_type: textOrNull,
          bank_country: textOrNull,
          bank_code: z.optional(z.nullable(looseObject({ code: text, type: text }))),
        }),
      ),
    ),
    // Null in all of Fin's examples; any other content isn't documented.
    rfi: z.optional(z.unknown()),
  });
}

/** The keys that both versions share. */
function parts() {
  const text = z.optional(z.string());
  const textOrNull = z.optional(z.nullable(z.string()));
  const time = z.optional(timestamp);
  return {
    text,
    textOrNull,
    bankAccount: {
      currency: text,
      payment_rails: z.optional(z.array(z.string())),
      bank_name: textOrNull,
      bank_address: textOrNull,
      bank_account_number: textOrNull,
      bank_routing_number: textOrNull,
    },
    account: {
      id: identifier,
      customer_id: identifier,
      destination: z.optional(z.nullable(looseObject({ address: text, currency: text, destination_chain: text }))),
      developer_fee_percent: z.optional(z.number()),
      created_at: time,
      updated_at: time,
    },
  };
}
