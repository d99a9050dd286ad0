import { faker } from '@faker-js/faker/locale/en';
import type { DataOf, Generator, Traits } from '../event.js';

export const generator: Generator = { subject: beneficiary };

function beneficiary({ type, customerId = faker.string.uuid() }: Traits): DataOf {
  const beneficiaryId = faker.string.uuid();
  return status => ({
    active: status !== 'PROCESSING',
    beneficiary_id: beneficiaryId,
    customer_id: customerId,
    status,
    type,
  });
}
