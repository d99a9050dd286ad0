import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { secret, startBehaviour } from '../conformance/receiver.js';
import { webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';

test('the page of a run shows causes, requests and responses, but none of the user’s credentials', async () => {
  const cwd = temporaryFolder();
  const url = await startBehaviour({ matches: () => true, signatureOf: () => 'any' });
  const { exitCode } = await webhookCli(
    [
      'check',
      `${url}?token=in-the-query`,
      '-H',
      'x-api-key: in-a-header',
      '--only',
      'valid,unsigned,deep',
      '--report',
      'html=a.html',
    ],
    { env: { WEBHOOK_SECRET: secret }, cwd },
  );
  expect(exitCode).toBe(1);
  const html = readFileSync(path.join(cwd, 'a.html'), 'utf8');
  expect(html).toContain('<summary>request, as curl</summary>');
  expect(html).toContain('<summary>response</summary>');
  expect(html).toMatch(/x-api-key: \[redacted\]/);
  expect(html).toContain('token=%5Bredacted%5D');
  for (const own of ['in-the-query', 'in-a-header', secret]) expect(html).not.toContain(own);
});
