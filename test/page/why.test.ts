import { expect, test } from 'vitest';
import type { PageExchange } from '../../src/page/types.js';
import { approved, signatureOf } from '../support/listening.js';
import { listeningWithPage, secret, send } from './listening-page.js';
import { askPage } from './visitor.js';

test('shows a request with the cause of its bad signature, and the previous one of the same customer', async () => {
  const { url, visitor } = await listeningWithPage();
  await send(url);
  await send(url, '{"event":{"event_reference_id":"somebody-else"}}');
  const event = JSON.parse(approved.toString()) as object;
  // It was re-serialised after signing.
  const headers = signatureOf(JSON.stringify(event), secret);
  await askPage(url, '/', { method: 'POST', headers, body: JSON.stringify(event, undefined, 2) });
  const shown = (await visitor.get('/api/requests/3')).json();
  expect(shown).toMatchObject({
    previous: 1,
    why: {
      ...{ kind: 'refused', reason: 'signature-mismatch' },
      facts: [
        {
          name: 'Cause',
          words: expect.stringMatching(
            /^This text isn't what was signed: .* re-serialised as compact JSON\.$/,
          ) as string,
        },
        { name: 'Fix', words: expect.stringMatching(/^Sign and verify the raw bytes/) as string },
      ],
    },
    // The first line break, with its blanks.
    marks: expect.arrayContaining([{ start: 1, end: 4 }]) as unknown[],
    whole: { signature: { valid: false, diagnosis: { found: true, findings: expect.any(Array) as unknown[] } } },
  });
  expect((await visitor.get('/api/requests/1')).json()).toMatchObject({
    previous: null,
    whole: { signature: { valid: true } },
    why: { kind: 'valid', facts: [{ name: 'Signed', words: expect.stringContaining('WEBHOOK_SECRET') as string }] },
    marks: [],
  });
});

test('shows the next step for a signature that nothing explains', async () => {
  const { url, visitor } = await listeningWithPage();
  await send(url, '{}', 'another-secret-0815');
  const { why } = (await visitor.get('/api/requests/1')).json() as PageExchange;
  expect(why.facts.at(-1)).toEqual({
    name: 'Fix',
    words:
      'Check the secret first: webhook-cli secret shows where it comes from; then check whether something changed the body.',
  });
});

test('shows a body that doesn’t fit its schema with every problem and its place', async () => {
  const { url, visitor } = await listeningWithPage();
  const event = JSON.parse(approved.toString()) as { data: Record<string, unknown> };
  delete event.data['customer_status'];
  event.data['email'] = 7;
  await send(url, JSON.stringify(event));
  const { why } = (await visitor.get('/api/requests/1')).json() as PageExchange;
  expect(why).toMatchObject({ kind: 'refused', reason: 'schema' });
  expect(why.facts.filter(({ name }) => name === 'Why' || name === 'Problem')).toEqual([
    { name: 'Why', words: "Its body doesn't fit the schema of its event." },
    {
      name: 'Problem',
      words: expect.stringMatching(/^data\.customer_status is missing \(line 1, column \d+\)$/) as string,
    },
    {
      name: 'Problem',
      words: expect.stringMatching(/^data\.email should be a string and is a number \(line 1, column \d+\)$/) as string,
    },
  ]);
  // A stranger's body may be anything, so it isn't checked.
  await send(url, JSON.stringify(event), 'another-secret-0815');
  const other = (await visitor.get('/api/requests/2')).json() as PageExchange;
  expect(other.why.facts.map(({ name }) => name)).not.toContain('Problem');
});

test('shows the scheme’s name for a request of another scheme', async () => {
  const { url, visitor } = await listeningWithPage();
  await askPage(url, '/', {
    method: 'POST',
    headers: { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` },
    body: '{}',
  });
  expect((await visitor.get('/api/requests/1')).json()).toMatchObject({
    why: { kind: 'refused', reason: 'signature-missing', looksLike: 'github' },
  });
});
