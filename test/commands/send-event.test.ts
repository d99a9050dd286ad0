import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogue, eventNames } from '../../src/event/catalogue.js';
import { reportsIn, root, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { env, listening, signed } from '../support/listening.js';

test.each(eventNames)('send --event %s sends an event that listen and verify print with its status', async type => {
  const save = path.join(temporaryFolder(), 'captured.ndjson');
  const listener = await listening('--count', '1', '--save', save);
  const sent = await webhookCli(['send', '--event', type, '--url', listener.url, '--json'], { env });
  expect(sent).toMatchObject({ exitCode: 0, stderr: '' });
  const { stdout } = await listener.ended;
  const { stdout: verified } = await webhookCli(['verify', save, '--json'], { env });
  const status = catalogue[type].status.names[0];
  const event = { type, ...(status !== undefined && { status }) };
  for (const [output, kind] of [
    [sent.stdout, 'sent'],
    [stdout, 'request'],
    [verified, 'verification'],
  ])
    // prettier-ignore
    expect(reportsIn(output!).find(report => report['type'] === kind)?.['event']).toMatchObject(event);
  expect(reportsIn(stdout).find(report => report['type'] === 'request')).toMatchObject({ schema: { problems: [] } });
});

test('--status then refers to the statuses of that event', async () => {
  const run = await webhookCli(['send', '-e', 'transaction.status', '-s', 'processing,completed', '--dry-run'], {
    env,
  });
  expect(run.stdout.match(/"status":"\w+"/g)).toEqual(['"status":"PROCESSING"', '"status":"COMPLETED"']);
});

describe('an unknown status of any event is a warning', () => {
  test.each([
    ['transaction-completed', 'data.status'],
    ['virtual-account-active', 'data.status'],
    ['beneficiary-processing', 'data.status'],
    ['approved', 'data.customer_status'],
  ])('%s', async (fixture, place) => {
    const { url, ended } = await listening('--count', '1');
    await webhookCli(['send', '-f', fixture, '--set', `${place}=FROZEN`, '--url', url], { env });
    const [request] = reportsIn((await ended).stdout).filter(({ type }) => type === 'request');
    expect(request).toMatchObject({ status: 200, event: { status: 'FROZEN' }, schema: { problems: [{ code: 'unknown-status' }] } }); // prettier-ignore
  });
});

test('--customer changes the customer of a fixture, and nothing if it is about something else', async () => {
  const dryRun = async (...flags: string[]) => {
    const { stdout } = await webhookCli(['send', ...flags, '--customer', 'c-1', '--print', 'json'], { env });
    return JSON.parse(Buffer.from((JSON.parse(stdout) as { bodyBase64: string }).bodyBase64, 'base64').toString()) as { event: object; data: object }; // prettier-ignore
  };
  const fixture = (name: string) => JSON.parse(readFileSync(path.join(root, `fixtures/events/${name}.json`), 'utf8')) as { event: object; data: object }; // prettier-ignore
  const [rfi, account] = [fixture('customer-rfi'), fixture('virtual-account-active')];
  expect(await dryRun('-f', 'customer-rfi')).toEqual({ event: { ...rfi.event, event_reference_id: 'c-1' }, data: { ...rfi.data, customer_id: 'c-1' } }); // prettier-ignore
  expect(await dryRun('-f', 'virtual-account-active')).toEqual({ ...account, data: { ...account.data, customer_id: 'c-1' } }); // prettier-ignore
});

describe('invalid input gives exit code 2', () => {
  test.each([
    [['-e', 'customer.status', '-f', 'approved'], '--event and --fixture were given together'],
    [['-e', 'customer.staus'], 'did you mean "customer.status"?'],
    [['-f', 'transaction-completed', '--customer', 'c'], 'transaction.status has no customer'],
    [['-f', 'transaction-complete'], 'did you mean "transaction-completed"?'],
  ])('%j', async (flags, words) => {
    const { exitCode, stdout, stderr } = await webhookCli(['send', ...flags], { env });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(words);
  });
});

test('an event that no longer fits its type is refused by its own schema', async () => {
  const { url } = await listening();
  const body = JSON.stringify({ event: { id: '1', event_reference_id: '2', type: 'transaction.status', created_at: '2026-01-01T00:00:00Z' }, data: { id: '2' } }); // prettier-ignore
  expect((await fetch(url, signed(body))).status).toBe(400);
});
