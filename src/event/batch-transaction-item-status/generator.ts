import { faker } from '@faker-js/faker/locale/en';
import type { DataOf, Generator } from '../event.js';

export const generator: Generator = { subject: batchItem };

function batchItem(): DataOf {
  const ids = {
    batch_id: faker.string.uuid(),
    batch_item_id: faker.string.uuid(),
    transaction_id: faker.string.uuid(),
  };
  return status => ({ ...ids, status });
}
