import { faker } from '@faker-js/faker/locale/en';
import { accountNumber, bankName, routingNumber, testBic, usAddress, walletAddress } from '../fiction.js';
import type { DataOf, Generator, Traits } from '../event.js';
import { microseconds, nanoseconds } from '../timestamp.js';

export const generatorOfV1: Generator = { subject: accountOfV1 };

export const generatorOfV2: Generator = { subject: accountOfV2 };

function accountOfV1(traits: Traits): DataOf {
  const data = {
    ...account(traits),
    deposit_instructions: {
      bank_account_number: accountNumber(),
      bank_address: usAddress(),
      bank_beneficiary_address: `${usAddress()}, US`,
      bank_beneficiary_name: faker.company.name(),
      bank_name: bankName(),
      bank_routing_number: routingNumber(),
      currency: 'USD',
      payment_rails: ['ACH', 'FEDWIRE'],
    },
  };
  return (status, time) => ({ ...data, status, updated_at: microseconds(time) });
}

function accountOfV2(traits: Traits): DataOf {
  const data = { ...account(traits), developer_fee_fixed: fee(), rfi: null };
  const instructions = {
    account_type: 'BankSwift',
    bank_account_number: accountNumber(),
    bank_address: null,
    bank_code: { code: testBic(), type: 'SWIFT' },
    bank_country: 'USA',
    bank_name: bankName(),
    bank_routing_number: '',
    currency: 'USD',
    payment_rails: ['ACH'],
  };
  return (status, time) => ({
    ...data,
    // An account has none until it is active.
    deposit_instructions: ['ACTIVE', 'INACTIVE'].includes(status) ? instructions : null,
    status,
    updated_at: nanoseconds(time),
  });
}

const account = ({ customerId = faker.string.uuid(), now }: Traits) => ({
  created_at: microseconds(now),
  customer_id: customerId,
  destination: { address: walletAddress(), currency: 'USDC', destination_chain: 'POLYGON' },
  developer_fee_percent: fee(),
  id: faker.string.uuid(),
});

const fee = (): number => faker.number.int({ min: 0, max: 100 }) / 100;
