import { faker } from '@faker-js/faker/locale/en';
import type { DataOf } from '../generator.js';

export function batchItem(): DataOf {
  const ids = {
    batch_id: faker.string.uuid(),
    batch_item_id: faker.string.uuid(),
    transaction_id: faker.string.uuid(),
  };
  return status => ({ ...ids, status });
}
