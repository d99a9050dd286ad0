import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { reportsIn } from '../support/cli.js';
import { listeningOn, terminal } from '../support/in-words.js';
import { temporaryFolder } from '../support/folder.js';
import {
  approved,
  env,
  listening,
  listeningWith,
  signatureOf,
  signed,
  statusOf,
  stopped,
} from '../support/listening.js';

/** The body that arrives, `bytes` long, ends with a newline that wasn't signed. */
function mistaken(bytes = approved.length + 1): RequestInit {
  const body = Buffer.alloc(bytes, ' ');
  approved.copy(body);
  body.write('\n', bytes - 1);
  return { method: 'POST', body, headers: signatureOf(body.subarray(0, -1)) };
}

const foreign: RequestInit = { method: 'POST', body: approved, headers: { 'x-fin-signature': '5'.repeat(64) } };

async function signatures(requests: readonly RequestInit[], ...flags: string[]) {
  const { url, ...running } = await listening(...flags);
  const statuses = [];
  for (const request of requests) statuses.push(await statusOf(url, request));
  const { stdout } = await stopped(running);
  const found = reportsIn(stdout).filter(({ type }) => type === 'request');
  return { statuses, stdout, signatures: found.map(({ signature }) => signature) };
}

test('shows the cause of a mismatch and its fix below the line', async () => {
  const { stdout, shown } = terminal(160);
  const { url, ...running } = await listeningOn(stdout);
  expect(await statusOf(url, mistaken())).toBe(401);
  expect(await statusOf(url, mistaken(64 * 1024 + 1))).toBe(401);
  await stopped(running);
  expect(shown()).toContain('\n… 1 bad signature without a search for the cause\n2 received');
  const [, line, ...below] = shown().split('\n');
  expect(line).toMatch(/✘ signature-mismatch +401/);
  expect(below.slice(0, 2)).toEqual([
    '          why: the signature matches the body without its final newline',
    '          fix: sign and send the same bytes, before a newline is appended; in a file, remove the newline that an editor added',
  ]);
});

test('--json has the cause along with the reason, but neither the secret nor the correct signature', async () => {
  const request = mistaken();
  const { stdout, signatures: found } = await signatures([request]);
  const finding = {
    ...{ about: 'body', id: 'without-final-newline' },
    words: 'the signature matches the body without its final newline',
    remedy:
      'sign and send the same bytes, before a newline is appended; in a file, remove the newline that an editor added',
  };
  expect(found).toEqual([
    {
      ...{ valid: false, reason: 'signature-mismatch' },
      diagnosis: { found: true, origin: 'WEBHOOK_SECRET', secrets: 1, findings: [finding] },
    },
  ]);
  const right = signatureOf(request.body as Buffer<ArrayBuffer>)['x-fin-signature'];
  expect(stdout).not.toContain(right);
  expect(stdout).not.toContain(env.WEBHOOK_SECRET);
});

test('reports a request that was signed with the development secret', async () => {
  const home = temporaryFolder();
  mkdirSync(path.join(home, 'webhook-cli'), { mode: 0o700 });
  writeFileSync(path.join(home, 'webhook-cli/development-secret'), 'the one of this machine\n', { mode: 0o600 });
  const { url, ...running } = await listeningWith({ XDG_CONFIG_HOME: home });
  expect(await statusOf(url, signed(approved, 'the one of this machine'))).toBe(401);
  const { stdout } = await stopped(running);
  expect(reportsIn(stdout).find(({ type }) => type === 'request')).toMatchObject({
    signature: { diagnosis: { origin: 'development secret', findings: [{ id: 'another-secret' }] } },
  });
});

test('names the cause if the signature is only spelt wrongly', async () => {
  const signature = signatureOf(approved)['x-fin-signature'].toUpperCase();
  const { signatures: found } = await signatures([{ ...foreign, headers: { 'x-fin-signature': signature } }]);
  expect(found).toMatchObject([
    { valid: false, reason: 'signature-malformed', diagnosis: { findings: [{ id: 'upper-case' }] } },
  ]);
});

test('names no cause for a signature that nothing explains', async () => {
  const { signatures: found } = await signatures([foreign]);
  expect(found).toEqual([{ valid: false, reason: 'signature-mismatch' }]);
});

test('shows the next step for a signature that nothing explains, but for an empty body', async () => {
  const { stdout, shown } = terminal(160);
  const { url, ...running } = await listeningOn(stdout);
  await statusOf(url, foreign);
  await statusOf(url, { ...foreign, body: '' });
  await stopped(running);
  const [, line, fix, empty, summary] = shown().split('\n');
  expect(line).toMatch(/✘ signature-mismatch +401/);
  expect(fix).toBe(
    '          fix: check the secret first: webhook-cli secret shows where it comes from; then check whether something changed the body',
  );
  expect(empty).toMatch(/✘ signature-mismatch +401/);
  expect(summary).toMatch(/^2 received/);
});

test('searches for the cause in bodies of up to 64 KiB only', async () => {
  const { statuses, stdout, signatures: found } = await signatures([mistaken(64 * 1024 + 1), mistaken(64 * 1024)]);
  expect(statuses).toEqual([401, 401]);
  expect(found).toMatchObject([
    { reason: 'signature-mismatch' },
    { reason: 'signature-mismatch', diagnosis: { found: true, findings: [{ id: 'without-final-newline' }] } },
  ]);
  expect(found[0]).not.toHaveProperty('diagnosis');
  expect(reportsIn(stdout).at(-1)).toMatchObject({ received: 2, unsearched: 1 });
});

test('names no cause for a verified request or an unchecked signature', async () => {
  expect((await signatures([signed(approved)])).stdout).not.toContain('diagnosis');
  expect((await signatures([mistaken()], '--no-verify')).stdout).not.toContain('diagnosis');
});

test('doesn’t reveal the cause to the client', async () => {
  const { url } = await listening();
  const answers = [];
  for (const request of [foreign, mistaken()]) {
    const response = await fetch(url, request);
    answers.push({ status: response.status, body: await response.text() });
  }
  expect(answers[1]).toEqual(answers[0]);
});
