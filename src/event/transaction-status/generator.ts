import { faker } from '@faker-js/faker/locale/en';
import { transactionHash } from '../fiction.js';
import type { DataOf, Generator, Traits } from '../event.js';
import { nanoseconds } from '../timestamp.js';

/** Approximate exchange rates for one dollar. */
const rates = { CAD: 1.37, EUR: 0.92, GBP: 0.79, MXN: 18.1, PHP: 56.4 };

export const generator: Generator = { subject: transaction };

function transaction({ now }: Traits): DataOf {
  const transfer = {
    beneficiary_id: faker.string.uuid(),
    created_at: nanoseconds(now),
    ...amounts(),
    hash: transactionHash(),
    id: faker.string.uuid(),
    transaction_ref_id: faker.string.uuid().slice(0, 20),
    transaction_type: 'DEBIT',
  };
  return (status, time) => ({ ...transfer, status, updated_at: nanoseconds(time) });
}

/** Subtracts the fee and exchanges the rest, as in Fin's example. */
function amounts() {
  const [from, fixed] = [hundredths(2_000, 500_000), hundredths(0, 300)];
  const percentage = hundredths(0, 100);
  const [currency, usual] = faker.helpers.objectEntry(rates);
  const rate = rounded(usual * hundredths(98, 102));
  const fee = rounded(fixed + (from * percentage) / 100);
  const left = rounded(from - fee);
  return {
    developer_fee: fee,
    developer_fee_fixed: fixed,
    developer_fee_percentage: percentage,
    from_amount: from,
    from_currency: 'USDC',
    fx_rate: rate,
    payout_amount: rounded(left * rate),
    payout_currency: currency,
    processing_amount: left,
  };
}

const hundredths = (min: number, max: number): number => faker.number.int({ min, max }) / 100;

/** Rounds to eight decimals, which hides floating-point errors. */
const rounded = (amount: number): number => Number(amount.toFixed(8));
