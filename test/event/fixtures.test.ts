import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { UnknownNameError } from '../../src/errors.js';
import { customerStatuses } from '../../src/event/customer-status/statuses.js';
import { summarise, summariseBody } from '../../src/event/summary.js';
import { fixtureNames, readFixture } from '../../src/event/fixtures.js';
import { inspect } from '../../src/event/inspect.js';
import { root } from '../support/cli.js';
import type { EventDocument } from './published.js';

const packageRoot = pathToFileURL(`${root}/`);
const kebabCase = (name: string): string => name.toLowerCase().replaceAll('_', '-');

const individuals = customerStatuses.map(({ name: status }) => ({ name: kebabCase(status), status }));
const businesses = ['APPROVED', 'ASSOCIATED_PARTIES_REMAINING', 'QUEUED'].map(status => ({
  name: `business-${kebabCase(status)}`,
  status,
}));
const all = [...individuals, ...businesses, { name: 'trimmed', status: 'QUEUED' }];

test('there is a fixture for every documented status, there are three of a business, and a trimmed one', async () => {
  expect(await fixtureNames(packageRoot)).toEqual(all.map(({ name }) => name).sort());
});

describe.each(all)('$name', ({ name, status }) => {
  const documentOf = async () =>
    JSON.parse(Buffer.from(await readFixture(name, packageRoot)).toString()) as EventDocument;

  test('is an event without a problem', async () => {
    const { problems, json } = inspect(await readFixture(name, packageRoot));
    expect(problems).toEqual([]);
    expect(summarise(json)).toMatchObject({ type: 'customer.status', status });
  });

  test('is of the type that its name tells', async () => {
    const { data } = await documentOf();
    expect(data['type']).toBe(name.startsWith('business-') ? 'BUSINESS' : 'INDIVIDUAL');
  });

  test('is about one customer', async () => {
    const { event, data } = await documentOf();
    expect(event['event_reference_id']).toBe(data['customer_id']);
  });

  test('has no address outside example.com', async () => {
    const text = Buffer.from(await readFixture(name, packageRoot)).toString();
    const domains = [...text.matchAll(/@([\w.-]+)/g)].map(([, domain]) => domain);
    expect(new Set(domains)).toEqual(new Set(['example.com']));
  });

  test('is one line without a newline at its end', async () => {
    expect(Buffer.from(await readFixture(name, packageRoot)).toString()).toMatch(/^\{.*\}$/);
  });
});

test('all have event ids of their own', async () => {
  const bodies = await Promise.all(all.map(({ name }) => readFixture(name, packageRoot)));
  expect(new Set(bodies.map(body => summariseBody(body).id)).size).toBe(all.length);
});

test('the trimmed one has no more than Fin trims it to', async () => {
  const { data } = JSON.parse(Buffer.from(await readFixture('trimmed', packageRoot)).toString()) as EventDocument;
  const kept = ['customer_id', 'customer_status', 'email', 'first_name', 'last_name', 'type', 'verification_type'];
  expect(Object.keys(data)).toEqual(kept);
});

test.each(['aproved', 'APPROVED', 'approved.json', '', '.', '../vectors/README', '../../package', 'constructor'])(
  'there is no fixture called "%s", and the error knows the others',
  async name => {
    const error: unknown = await readFixture(name, packageRoot).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnknownNameError);
    expect(error).toMatchObject({ given: name, known: all.map(each => each.name).sort() });
  },
);
