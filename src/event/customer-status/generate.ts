import { faker } from '@faker-js/faker/locale/en';
import { microseconds, timeOf } from '../timestamp.js';
import type { CustomerType } from './statuses.js';

export interface Recipe {
  /** In the order of the events; one event each. */
  statuses: readonly string[];
  type: CustomerType;
  /** Of the customer; made up where it isn't given. */
  customerId?: string | undefined;
  /** The same seed and time make the same bytes. */
  seed: number;
  /** When the first event was created; each later one comes a second after the one before. */
  now: Date;
}

/** The events of one made-up customer, one body for each status, as compact JSON in UTF-8. */
export function generateCustomerStatus({ statuses, type, customerId, seed, now }: Recipe): Uint8Array[] {
  faker.seed(seed);
  const customer = {
    customer_id: customerId ?? faker.string.uuid(),
    ...(type === 'BUSINESS' ? business() : individual()),
  };
  const ids = statuses.map(() => faker.string.uuid());
  return statuses.map((status, index) => {
    const data = { ...customer, customer_status: status };
    const event = {
      id: ids[index],
      event_reference_id: data.customer_id,
      type: 'customer.status',
      created_at: microseconds(timeOf(now, index)),
      sandbox_mode: true,
    };
    return Buffer.from(JSON.stringify({ event, data: inOrder(data) }));
  });
}

const individual = () => {
  const [first, last] = [faker.person.firstName(), faker.person.lastName()];
  return {
    ...contact(`${first}.${last}`),
    country_of_residence: faker.location.countryCode('alpha-3'),
    first_name: first,
    last_name: last,
    type: 'INDIVIDUAL',
  };
};

const business = () => {
  const name = faker.company.name();
  return {
    ...contact(name),
    associated_parties: [60, 40].map(associatedParty),
    business_name: name,
    country_of_incorporation: faker.location.countryCode('alpha-3'),
    type: 'BUSINESS',
  };
};

const associatedParty = (percent: number) => ({
  id: faker.string.uuid(),
  type: 'INDIVIDUAL',
  ownership_percent: percent,
  email: emailOf(faker.person.fullName()),
  verification: { status: 'REVIEWING' },
});

const contact = (name: string) => ({
  created_at: unset,
  email: emailOf(name),
  // 555-0100 to 555-0199 are kept free for fiction in every North American area code.
  phone: `+1${faker.helpers.arrayElement(['202', '312', '415', '646'])}55501${faker.string.numeric(2)}`,
  // A bare UUID in Fin's own examples, despite its name.
  tos_policies_url: faker.string.uuid(),
  updated_at: unset,
  verification_type: 'STANDARD',
});

/** Fin's zero time, "not set". */
const unset = '0001-01-01T00:00:00Z';

const emailOf = (name: string): string =>
  `${name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]+/g, '.')
    .replace(/^\.|\.$/g, '')}@example.com`;

/** Fin's own examples have the keys of `data` in alphabetical order. */
const inOrder = (data: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(data).sort(([left], [right]) => (left < right ? -1 : 1)));
