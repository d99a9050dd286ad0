import { expect, test } from 'vitest';
import { createShell } from '../support/shell.js';
import { startReceiver } from '../support/receiver.js';

const send = '--status APPROVED --count 400 --concurrency 200 --json';

test('a load that runs out of file descriptors ends with its summary and a local error', async () => {
  const { url } = await startReceiver(response => response.writeHead(200).end());
  const { output, exitCode } = await createShell()(`ulimit -n 64; webhook-cli send --url ${url} ${send}`, {
    WEBHOOK_SECRET: 'test_secret',
  }).ended;
  const lines = output.trim().split('\n');
  const parsed = lines.map(line => JSON.parse(line) as { type: string; code?: string; message?: string });
  expect(parsed.filter(({ type }) => type === 'error')).toMatchObject([{ code: 'local' }]);
  expect(output).toContain('too many files are open (EMFILE)');
  expect(parsed.find(({ type }) => type.endsWith('summary'))).toBeDefined();
  expect(exitCode).toBe(74);
});
