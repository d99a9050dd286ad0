import { faker } from '@faker-js/faker/locale/en';

/** Resets the only source of random values: the same seed gives the same values. */
export function seedFiction(seed: number): void {
  faker.seed(seed);
}

export const uuid = (): string => faker.string.uuid();

export const oneOf = <Item>(items: readonly Item[]): Item => faker.helpers.arrayElement(items);

/** Can't reach anybody: example.com is reserved (RFC 2606). */
export const emailOf = (name: string): string =>
  `${name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]+/g, '.')
    .replace(/^\.|\.$/g, '')}@example.com`;

/** Reaches nobody: 555-0100 to 555-0199 are reserved for fiction in every North American area code. */
export const phone = (): string =>
  `+1${faker.helpers.arrayElement(['202', '312', '415', '646'])}55501${faker.string.numeric(2)}`;

/** Has the right check digit, but belongs to no bank: the ABA assigns no routing number that begins with 81 to 99. */
export function routingNumber(): string {
  const digits = `99${faker.string.numeric(6)}`;
  const sum = Array.from(digits, Number).reduce(
    (total, digit, index) => total + digit * ([3, 7, 1][index % 3] ?? 0),
    0,
  );
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** Identifies no account without a bank's routing number. */
export const accountNumber = (): string => `0000${faker.string.numeric(8)}`;

/** Belongs to no bank: ISO 9362 reserves codes with 0 as the eighth character for tests. */
export const testBic = (): string => `${faker.string.alpha({ length: 4, casing: 'upper' })}US30`;

export const bankName = (): string => `Example Bank of ${faker.location.city()}`;

export const usAddress = (): string =>
  `${faker.location.streetAddress()}, ${faker.location.city()}, ${faker.location.state({ abbreviated: true })} ${faker.location.zipCode('#####')}`;

/** An address for Ethereum-compatible chains, in lower case. It has 160 random bits, so nobody has its key. */
export const walletAddress = (): string => hexadecimal(40);

export const transactionHash = (): string => hexadecimal(64);

const hexadecimal = (length: number): string =>
  `0x${faker.string.hexadecimal({ length, casing: 'lower', prefix: '' })}`;
