import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { reportsIn, root, webhookCli } from '../support/cli.js';

const folder = path.join(root, 'fixtures/events');

test('lists what ships', async () => {
  const { exitCode, stdout } = await webhookCli(['fixtures']);
  expect(exitCode).toBe(0);
  const names = stdout
    .trimEnd()
    .split('\n')
    .map(line => line.split(' ')[0]);
  expect(names).toEqual(
    readdirSync(folder)
      .map(file => file.replace('.json', ''))
      .sort(),
  );
});

test('prints one byte for byte, even with --quiet', async () => {
  const { exitCode, stdout } = await webhookCli(['fixtures', 'approved', '--quiet']);
  expect(exitCode).toBe(0);
  expect(stdout).toBe(readFileSync(path.join(folder, 'approved.json'), 'utf8'));
});

test('--json holds the body as text', async () => {
  const { stdout } = await webhookCli(['fixtures', 'trimmed', '--json']);
  const [report] = reportsIn(stdout);
  expect(report).toMatchObject({
    type: 'fixture',
    name: 'trimmed',
    event: { type: 'customer.status', status: 'QUEUED' },
  });
  expect(report?.['body']).toBe(readFileSync(path.join(folder, 'trimmed.json'), 'utf8'));
});

test('a misspelt name gets the nearest one', async () => {
  const { exitCode, stderr } = await webhookCli(['fixtures', 'busines-queued']);
  expect(exitCode).toBe(2);
  expect(stderr).toBe('error: unknown fixture "busines-queued"\nhint: did you mean "business-queued"?\n');
});
