import { expect, test } from 'vitest';
import { jsonSchemaOf, jsonSchemaOfAll } from '../../src/event/json-schema.js';
import { reportsIn, webhookCli } from '../support/cli.js';

test('prints the schema of customer.status as a document, even with --quiet', async () => {
  const { exitCode, stdout, stderr } = await webhookCli(['schema', '--quiet']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toBe(`${JSON.stringify(await jsonSchemaOf('customer.status'), null, 2)}\n`);
});

test('prints the schema of another event, named in upper or lower case', async () => {
  const { stdout } = await webhookCli(['schema', 'Transaction.Status']);
  expect(JSON.parse(stdout)).toEqual(await jsonSchemaOf('transaction.status'));
});

test('--all prints one document for all events', async () => {
  const { stdout } = await webhookCli(['schema', '--all']);
  expect(JSON.parse(stdout)).toEqual(await jsonSchemaOfAll());
});

test.each([
  [['customer.rfi'], 'customer.rfi', await jsonSchemaOf('customer.rfi')],
  [['--all'], null, await jsonSchemaOfAll()],
])('--json prints a report: %j', async (flags, event, schema) => {
  const { stdout } = await webhookCli(['schema', ...flags, '--json']);
  expect(reportsIn(stdout)).toEqual([{ type: 'schema', event, schema }]);
});

test.each([
  [['customer.staus'], 'did you mean "customer.status"?'],
  [['payout'], 'one of customer.status, customer.rfi'],
  [['customer.rfi', '--all'], 'an event and --all were given together'],
])('invalid input gives exit code 2: %j', async (flags, words) => {
  const { exitCode, stdout, stderr } = await webhookCli(['schema', ...flags]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(words);
});
