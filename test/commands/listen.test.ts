import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportsIn } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, listening, signatureOf, signed, statusOf, stopped } from '../support/listening.js';

describe('an honest receiver', () => {
  const event = JSON.parse(approved.toString()) as { event: object; data: object };
  const withStatus = JSON.stringify({ ...event, data: { ...event.data, customer_status: 'FROZEN' } });
  const withType = JSON.stringify({ ...event, event: { ...event.event, type: 'customer.moved' } });

  const valid = { valid: true };
  const bad = (reason: string) => ({ signature: { valid: false, reason } });

  test.each([
    {
      title: 'a signed event',
      request: signed(approved),
      status: 200,
      finding: {
        signature: { ...valid, secret: 'WEBHOOK_SECRET', of: 1, algorithm: 'sha256' },
        schema: { ...valid, problems: [], omitted: 0 },
      },
    },
    {
      title: 'an unknown status',
      request: signed(withStatus),
      status: 200,
      finding: { schema: { ...valid, problems: [{ code: 'unknown-status' }] } },
    },
    {
      title: 'an unknown event type',
      request: signed(withType),
      status: 200,
      finding: { schema: { ...valid, problems: [{ code: 'unknown-event' }] } },
    },
    {
      title: 'a signed body that isn’t an event',
      request: signed('{}'),
      status: 400,
      finding: { signature: valid, schema: { valid: false } },
    },
    {
      title: 'a signed body that isn’t JSON',
      request: signed('nonsense'),
      status: 400,
      finding: { signature: valid, schema: { valid: false } },
    },
    { title: 'another secret', request: signed(approved, 'other'), status: 401, finding: bad('signature-mismatch') },
    {
      title: 'no signature',
      request: { method: 'POST', body: approved },
      status: 401,
      finding: bad('signature-missing'),
    },
    {
      title: 'a weak algorithm',
      request: { ...signed(approved), headers: { 'x-fin-signature': 'ab', 'x-fin-signature-algorithm': 'md5' } },
      status: 401,
      finding: bad('algorithm-unsupported'),
    },
    {
      title: 'another method',
      request: { method: 'PUT', body: approved },
      status: 405,
      finding: { refusal: 'wrong-method', signature: null, schema: null },
    },
  ])('$title gets $status', async ({ request, status, finding }) => {
    const { url, ...running } = await listening();
    expect(await statusOf(url, request)).toBe(status);
    const { stdout, exitCode } = await stopped(running);
    expect(exitCode).toBe(130);
    expect(reportsIn(stdout)).toMatchObject([
      { type: 'ready', url, scheme: 'fin', secrets: ['WEBHOOK_SECRET'] },
      { type: 'request', seq: 1, status, ...finding },
      {
        type: 'summary',
        received: 1,
        accepted: status === 200 ? 1 : 0,
        refused: status === 200 ? 0 : 1,
        expected: null,
      },
    ]);
  });

  test('a refusal gives no reason, and 405 names the method', async () => {
    const { url } = await listening();
    const refusal = await fetch(url, { method: 'POST', body: approved });
    expect(await refusal.text()).toBe('Unauthorized\n');
    expect((await fetch(url)).headers.get('allow')).toBe('POST');
  });

  test('--path returns 404 for other paths', async () => {
    const { url } = await listening('--path', '/webhooks/fin');
    expect(await statusOf(`${url}/webhooks/fin?x=1`, signed(approved))).toBe(200);
    expect(await statusOf(`${url}/webhooks`, signed(approved))).toBe(404);
  });

  test('--no-verify checks only the body', async () => {
    const { url, ...running } = await listening('--no-verify');
    expect(await statusOf(url, { method: 'POST', body: approved })).toBe(200);
    expect(await statusOf(url, { method: 'POST', body: '[]' })).toBe(400);
    const [ready, request] = reportsIn((await stopped(running)).stdout);
    expect(ready).toMatchObject({ secrets: null });
    expect(request).toMatchObject({ signature: null, schema: { valid: true } });
  });

  test('accepts several secrets and says which one matched', async () => {
    const file = path.join(temporaryFolder(), 'secrets');
    writeFileSync(file, 'new\nold\n', { mode: 0o600 });
    const { url, ...running } = await listening('--secret-file', file);
    await statusOf(url, signed(approved, 'old'));
    expect(reportsIn((await stopped(running)).stdout)[1]).toMatchObject({
      signature: { valid: true, secret: `${file} (line 2)`, of: 2 },
    });
  });

  test('shows personal data only on request', async () => {
    const quiet = await listening();
    await statusOf(quiet.url, signed(approved));
    const { stdout } = await stopped(quiet);
    expect(stdout).not.toMatch(/Kenyatta|Pfannerstill|example\.com|5550107/i);

    const { url, ...running } = await listening('--show', 'headers,body');
    await statusOf(url, {
      ...signed(approved),
      headers: { ...signatureOf(approved), Authorization: 'Bearer hunter2' },
    });
    const shown = await stopped(running);
    expect(reportsIn(shown.stdout)[1]).toMatchObject({ bodyBase64: approved.toString('base64') });
    expect(shown.stdout).toContain('["Authorization","[redacted]"]');
    expect(shown.stdout).not.toContain('hunter2');
  });
});
