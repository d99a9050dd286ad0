import * as z from 'zod';
import { eventSchema, identifier, openStatus, timestamp } from '../envelope.js';
import type { EventFacts } from '../event.js';

/** V1 reports only that an account was created. */
export function schemaOfV1(facts: EventFacts) {
  const { textOrNull, bankAccount, account } = parts();
  return eventSchema(facts, {
    ...account,
    status: openStatus(facts),
    deposit_instructions: z
      .looseObject({ ...bankAccount, bank_beneficiary_name: textOrNull, bank_beneficiary_address: textOrNull })
      .nullable()
      .optional(),
  });
}

/** V2 has one shape for a new account and for its changes. */
export function schemaOfV2(facts: EventFacts) {
  const { text, textOrNull, bankAccount, account } = parts();
  return eventSchema(facts, {
    ...account,
    status: openStatus(facts),
    developer_fee_fixed: z.number().optional(),
    // Null until the account is active.
    deposit_instructions: z
      .looseObject({
        ...bankAccount,
        account_type: textOrNull,
        bank_country: textOrNull,
        bank_code: z.looseObject({ code: text, type: text }).nullable().optional(),
      })
      .nullable()
      .optional(),
    // Null in all of Fin's examples; any other content isn't documented.
    rfi: z.unknown().optional(),
  });
}

/** The keys that both versions share. */
function parts() {
  const text = z.string().optional();
  const textOrNull = z.string().nullable().optional();
  const time = timestamp.optional();
  return {
    text,
    textOrNull,
    bankAccount: {
      currency: text,
      payment_rails: z.array(z.string()).optional(),
      bank_name: textOrNull,
      bank_address: textOrNull,
      bank_account_number: textOrNull,
      bank_routing_number: textOrNull,
    },
    account: {
      id: identifier,
      customer_id: identifier,
      destination: z.looseObject({ address: text, currency: text, destination_chain: text }).nullable().optional(),
      developer_fee_percent: z.number().optional(),
      created_at: time,
      updated_at: time,
    },
  };
}
