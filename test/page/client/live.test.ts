import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { root } from '../../support/cli.js';
import { approved } from '../../support/listening.js';
import { browserTest, openLink, openRequest, rows, sendSignedAs, text } from '../browser.js';
import { listeningWithPage, secret, send } from '../listening-page.js';

const reserialised = JSON.stringify(JSON.parse(approved.toString()), null, 2);
const rejected = readFileSync(path.join(root, 'fixtures/events/rejected.json'));

browserTest('a request appears by itself, with its problem and the fix', async () => {
  const { url, page: link } = await listeningWithPage();
  const { page, complaints } = await openLink(link);
  await expect.poll(() => text(page, '.nothing')).toContain('No request has arrived yet.');
  expect(await text(page, '.nothing pre')).toBe(`webhook-cli send --status APPROVED --url ${url}`);
  await send(url);
  await expect.poll(() => rows(page).count()).toBe(1);
  expect(await sendSignedAs(url, reserialised, { body: JSON.stringify(JSON.parse(reserialised)), key: secret })).toBe(
    401,
  );
  await expect.poll(() => rows(page).count()).toBe(2);
  const row = await rows(page).first().innerText();
  for (const part of ['customer.status', 'APPROVED', '6b042125', 'mismatch', '401']) expect(row).toContain(part);
  expect(await page.getByRole('status').filter({ hasText: 'Live' }).count()).toBe(1);

  await openRequest(page, 2);
  const why = await text(page, '.why');
  expect(why).toMatch(/✗ Refused\s+signature-mismatch/);
  expect(why).toMatch(
    /Cause\s+This text isn't what was signed: the signature matches the body re-serialised as compact JSON\./,
  );
  expect(why).toMatch(/Fix\s+Sign and verify the raw bytes of the request/);
  // The bytes that differ are the blanks.
  const marked = await page.locator('.code mark').allInnerTexts();
  expect(marked.length).toBeGreaterThan(20);
  expect(marked.join('')).toMatch(/^[·↵]+$/);
  expect(complaints).toEqual([]);
});

browserTest('requests from before the page was opened are listed, newest first', async () => {
  const { url, page: link } = await listeningWithPage();
  for (const body of [approved, rejected, approved]) await send(url, body);
  const { page } = await openLink(link);
  await expect.poll(() => rows(page).count()).toBe(3);
  expect(await page.locator('.row .status').allInnerTexts()).toEqual(['Status', 'APPROVED', 'REJECTED', 'APPROVED']);
  // A reload keeps the session, and the request that was open.
  expect(page.url()).not.toContain(new URL(link).hash.slice(1));
  await openRequest(page, 2);
  await page.reload();
  await expect.poll(() => text(page, 'article.request h2')).toContain('#2 ');
});

browserTest('requests that arrived while the connection was lost are listed after it is restored', async () => {
  const { url, page: link } = await listeningWithPage();
  await send(url);
  const { page } = await openLink(link);
  await expect.poll(() => rows(page).count()).toBe(1);
  // The stream ends when the server drops it, which a route can do instead.
  let isDown = true;
  await page.route('**/api/events', route => (isDown ? route.abort() : route.continue()));
  await page.reload();
  await expect.poll(() => text(page, '.connection')).toMatch(/Reconnecting…|Not connected/);
  await send(url, rejected);
  isDown = false;
  await expect.poll(() => rows(page).count()).toBe(2);
  await expect.poll(() => text(page, '.connection')).toBe('Live');
});

browserTest('a request is compared with the previous one of the same customer, or with any other', async () => {
  const { url, page: link } = await listeningWithPage();
  const other = approved.toString().replace('"APPROVED"', '"ON_HOLD"');
  const foreign = rejected.toString().replaceAll('6b042125', '7c153236');
  for (const body of [approved.toString(), foreign, other]) await send(url, body);
  const { page } = await openLink(link);
  await expect.poll(() => rows(page).count()).toBe(3);
  await openRequest(page, 3);
  await page.keyboard.press('d');
  await expect.poll(() => text(page, '.difference')).toContain('The previous one of the same customer.');
  await expect.poll(() => text(page, '.difference')).toMatch(/data\.customer_status\s*"APPROVED"\s*→\s*"ON_HOLD"/);
  expect(await page.locator('.difference input').inputValue()).toBe('1');
  await page.getByRole('button', { name: 'By line' }).click();
  await expect.poll(() => text(page, '.diff .removed')).toBe('    "customer_status": "APPROVED",');
  expect(await text(page, '.diff .added')).toBe('    "customer_status": "ON_HOLD",');
  await page.locator('.difference input').fill('2');
  await expect.poll(() => text(page, '.difference')).toContain('Between any two requests.');
  await expect.poll(() => page.locator('.diff .added').count()).toBeGreaterThan(2);
  await page.locator('.difference input').fill('77');
  await expect.poll(() => text(page, '.difference [role=alert]')).toContain("Request 77 isn't kept");
});

browserTest('a replay is refused unchanged, accepted when signed again, and sent with edits', async () => {
  const { url, page: link } = await listeningWithPage();
  expect(await sendSignedAs(url, approved, { key: 'canary-of-another' })).toBe(401);
  const { page, complaints } = await openLink(link);
  await expect.poll(() => text(page, '.why')).toContain('Refused');
  await openRequest(page, 1);
  await page.keyboard.press('r');
  await expect.poll(() => text(page, '.results article')).toMatch(/Sent again as is: 401 in/);
  await page.keyboard.press('s');
  await expect.poll(() => text(page, '.results article')).toMatch(/Re-signed and sent: 200 in/);
  // Replays go to the receiver itself, which also shows them.
  await expect.poll(() => page.locator('.row .verdict').allInnerTexts()).toEqual(
    ['Verdict', '✓ valid', '✗ mismatch', '✗ mismatch'],
  ); // prettier-ignore
  await page.keyboard.press('e');
  await page.getByLabel('Body to sign and send').fill(approved.toString().replace('"APPROVED"', '"REJECTED"'));
  await page.getByRole('button', { name: 'Sign & send' }).click();
  await expect.poll(() => text(page, '.results article')).toMatch(/Edited, signed and sent: 200 in/);
  await expect.poll(() => page.locator('.row .status').nth(1).innerText()).toBe('REJECTED');
  expect(await page.content()).not.toContain(secret);
  expect(complaints).toEqual([]);
});

browserTest('a forwarding listener shows the response of the application', async () => {
  const application = createServer((_, response) => {
    response.writeHead(503, { 'x-application': 'seen' }).end('{"error":"no database","code":12345678901234567890}');
  });
  application.listen(0, '127.0.0.1');
  await once(application, 'listening');
  onTestFinished(() => {
    application.close();
    application.closeAllConnections();
  });
  const target = `http://127.0.0.1:${(application.address() as AddressInfo).port}`;
  const { url, page: link } = await listeningWithPage(['--forward-to', target]);
  await send(url);
  const { page } = await openLink(link);
  const answer = page.getByRole('region', { name: 'Response', exact: true });
  await expect.poll(() => answer.innerText()).toMatch(/503 by the application in \d+ ms/);
  expect(await answer.innerText()).toContain(`The application at ${target}`);
  expect(await answer.innerText()).toContain('"code": 12345678901234567890');
  await answer.getByText(/\d headers/).click();
  expect(await answer.innerText()).toMatch(/x-application\s+seen/);
  await page.keyboard.press('s');
  await expect.poll(() => text(page, '.results article')).toMatch(/Re-signed and sent: 503/);
});
