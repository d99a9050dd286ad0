import { faker } from '@faker-js/faker/locale/en';
import { emailOf, phone } from '../fiction.js';
import type { DataOf, Generator, Traits } from '../event.js';

export const generator: Generator = { subject: customer };

function customer({ type, customerId = faker.string.uuid() }: Traits): DataOf {
  const data = { customer_id: customerId, ...(type === 'BUSINESS' ? business() : individual()) };
  return status => ({ ...data, customer_status: status });
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
  phone: phone(),
  // A bare UUID in Fin's own examples, despite its name.
  tos_policies_url: faker.string.uuid(),
  updated_at: unset,
  verification_type: 'STANDARD',
});

/** Fin's zero time, "not set". */
const unset = '0001-01-01T00:00:00Z';
