import { faker } from '@faker-js/faker/locale/en';
import type { DataOf, Generator, Traits } from '../event.js';
import { seconds, timeOf, unixTime } from '../timestamp.js';

/** The alphabet of a ULID. */
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const generator: Generator = {
  subject: transitPayment,
  // The only event without sandbox_mode, and without a fraction in its time.
  envelope: time => ({ created_at: seconds(time) }),
};

function transitPayment({ now }: Traits): DataOf {
  const ids = { integration_type: 'BYBIT', payment_id: faker.string.uuid(), quote_id: faker.string.uuid() };
  const order = {
    pay_id: `01${faker.string.fromCharacters(crockford, 24)}`,
    merchant_trade_no: faker.string.uuid(),
    amount: String(faker.number.int({ min: 10, max: 5_000 })),
    currency: 'USDT',
    currency_type: 'crypto',
    expire_time: unixTime(timeOf(now, 3_600)),
  };
  return (status, time) => {
    const isSettled = status.startsWith('SETTLEMENT_');
    const isPaid = isSettled || status === 'PAY_SUCCESS';
    return {
      ...ids,
      create_time: unixTime(now),
      payment_info: { ...order, payment_time: isPaid ? unixTime(time) : 0, status: isSettled ? 'PAY_SUCCESS' : status },
      // Fin doesn't document its content once there is a settlement.
      settlement_info: null,
      status,
    };
  };
}
