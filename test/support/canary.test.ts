import { writeFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { refuseLeaks, refuseSecretsIn } from './canary.js';

const env = { WEBHOOK_SECRET: 'a canary of a secret' };
const bytes = Buffer.from(env.WEBHOOK_SECRET);

test.each([env.WEBHOOK_SECRET, bytes.toString('hex').toUpperCase(), bytes.toString('base64')])(
  'the canary finds a secret as %s',
  spelling => {
    expect(() => {
      refuseLeaks({ argv: ['send'], env, output: `x${spelling}x` });
    }).toThrow('a secret is in');
  },
);

test('the canary finds personal data', () => {
  expect(() => {
    refuseLeaks({ argv: ['listen'], env: {}, output: 'to jo.doe@example.com' });
  }).toThrow('jo.doe@example.com');
  expect(() => {
    refuseLeaks({ argv: ['listen', '--show', 'body'], env: {}, output: 'to jo.doe@example.com' });
  }).not.toThrow();
});

test('the canary finds a secret in the middle of a file', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'webhook-cli-canary-'));
  refuseLeaks({ argv: [], env, output: '' });
  writeFileSync(path.join(folder, 'secret'), `${env.WEBHOOK_SECRET}\n`);
  expect(() => {
    refuseSecretsIn(folder);
  }).not.toThrow();
  // Blank lines don't make it a list of secrets.
  writeFileSync(path.join(folder, 'log'), `${'\r\n'.repeat(30)}${'a line\n'.repeat(9)}${env.WEBHOOK_SECRET}\n`);
  expect(() => {
    refuseSecretsIn(folder);
  }).toThrow('a secret is in');
  writeFileSync(path.join(folder, 'log'), `signed with ${env.WEBHOOK_SECRET}\n`);
  expect(() => {
    refuseSecretsIn(folder);
  }).toThrow('a secret is in');
  rmSync(folder, { recursive: true });
});
