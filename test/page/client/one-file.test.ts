import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import { pageAssets } from '../../../src/page/assets.js';
import { onePage, type OneFile } from '../../../src/page/one-file.js';
import type { PageExchange } from '../../../src/page/types.js';
import { packageRoot, webhookCli } from '../../support/cli.js';
import { temporaryFolder } from '../../support/folder.js';
import { approved } from '../../support/listening.js';
import { browserTest, openLink, rows, sendSignedAs, text } from '../browser.js';
import { env, listeningWithPage, secret, send } from '../listening-page.js';

const exchange = (index: number): PageExchange => ({
  ...{ type: 'exchange', file: 'many.ndjson', index, method: 'POST', target: `/${index}`, bytes: 2 },
  event: { type: 'customer.status', id: `id-${index}` },
  ...{ verdict: { by: 'check', isAccepted: index % 7 !== 0 }, answer: { status: 200 }, curl: '', previous: null },
  whole: { headers: [], bodyBase64: 'e30=', signature: null, answer: null },
  ...{ why: { kind: 'valid', facts: [] }, marks: [] },
});

/** Opens the page that is one file. */
async function openFile(requests: PageExchange[]) {
  const info: OneFile['page'] = {
    title: 'many.ndjson',
    kind: 'recording',
    scheme: 'fin',
    target: null,
    canSign: false,
  };
  const file = path.join(temporaryFolder(), 'page.html');
  writeFileSync(file, onePage(await pageAssets(packageRoot()), { page: info, requests }));
  return openLink(pathToFileURL(file).href);
}

browserTest('only the visible rows of ten thousand requests are in the document', async () => {
  const { page, complaints } = await openFile(Array.from({ length: 10_000 }, (_, index) => exchange(index + 1)));
  await expect.poll(() => text(page, '.summary')).toContain('requests');
  // Between two positions in the list there may be no rows for a moment, and never many.
  const few = async () => {
    await expect.poll(() => rows(page).count()).toBeGreaterThan(10);
    expect(await rows(page).count()).toBeLessThan(100);
  };
  await few();
  await page.locator('.rows').focus();
  // Older ones are requested when the end is near.
  await expect
    .poll(async () => {
      await page.keyboard.press('End');
      return page.locator('[aria-selected=true]').getAttribute('id');
    })
    .toBe('request-1');
  await few();
  expect(await text(page, '.summary')).toBe('10,000 requests');
  expect(await rows(page).last().getAttribute('aria-posinset')).toBe('10000');
  await expect.poll(() => text(page, 'article.request h2')).toContain('#1 ');
  await page.locator('.filters').getByLabel('Verdict').selectOption('Refused');
  await expect.poll(() => text(page, '.summary')).toBe('1,428 of 10,000');
  await few();
  expect(complaints).toEqual([]);
});

browserTest('a large body is shown in part until the reader asks for all of it', async () => {
  const body = JSON.stringify({ long: 'x'.repeat(100_000), list: Array.from({ length: 5000 }, (_, index) => index) });
  const large = { ...exchange(1), whole: { ...exchange(1).whole, bodyBase64: Buffer.from(body).toString('base64') } };
  const { page } = await openFile([large]);
  await expect.poll(() => page.locator('.code .line').count()).toBe(1000);
  await page.getByRole('button', { name: 'Show all', exact: true }).click();
  await expect.poll(() => page.locator('.code .line').count()).toBe(5005);
  expect((await text(page, '.code')).length).toBeGreaterThan(120_000);
});

browserTest('a recording is one file that opens offline and loads nothing', async () => {
  const cwd = temporaryFolder();
  const { url } = await listeningWithPage(['--save', 'kept.ndjson'], cwd);
  await send(url);
  await sendSignedAs(url, `${approved.toString()}\n`, { body: approved, key: secret });
  const { exitCode } = await webhookCli(['inspect', 'kept.ndjson', '--html', 'kept.html'], { cwd, env });
  expect(exitCode).toBe(0);
  const { page, complaints, asked } = await openLink(pathToFileURL(path.join(cwd, 'kept.html')).href, {
    offline: true,
  });
  await expect.poll(() => rows(page).count()).toBe(2);
  expect(await text(page, '.why')).toMatch(/Cause\s+The signature matches the body without its final newline\./);
  expect(await page.locator('.code mark').allInnerTexts()).toEqual(['↵']);
  expect(await page.getByRole('button', { name: 'Replay' }).count()).toBe(0);
  await page.keyboard.press('d');
  await expect.poll(() => text(page, '.difference')).toContain('they are serialised differently');
  await page.locator('.filters').getByLabel('Text').fill('customer_status');
  await expect.poll(() => text(page, '.summary')).toBe('2 requests');
  await page.reload();
  await expect.poll(() => rows(page).count()).toBe(2);
  expect(asked.filter(each => !each.startsWith('file:'))).toEqual([]);
  expect(complaints).toEqual([]);
});

browserTest('the recorded verdict and a new check are both shown if the secrets differ', async () => {
  const cwd = temporaryFolder();
  const { url } = await listeningWithPage(['--save', 'kept.ndjson'], cwd);
  await send(url);
  const others = { WEBHOOK_SECRET: 'canary-of-another-4712' };
  const { exitCode } = await webhookCli(['inspect', 'kept.ndjson', '--html', 'kept.html'], { cwd, env: others });
  expect(exitCode).toBe(0);
  const { page } = await openLink(pathToFileURL(path.join(cwd, 'kept.html')).href);
  await expect.poll(() => text(page, '.why')).toMatch(/✓ Valid\s+Now\s+It was valid when it arrived, but/);
});
