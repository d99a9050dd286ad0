import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { pageAssets } from '../../../src/page/assets.js';
import { onePage, type OneFile } from '../../../src/page/one-file.js';
import type { PageExchange } from '../../../src/page/types.js';
import { packageRoot, webhookCli } from '../../support/cli.js';
import { temporaryFolder } from '../../support/folder.js';
import { approved } from '../../support/listening.js';
import { browserTest, openLink, openRequest, rows, sendSignedAs, text } from '../browser.js';
import { env, listeningWithPage, secret, send } from '../listening-page.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Findings of axe that keep somebody from using the page. */
async function seriousIn(page: Page): Promise<string[]> {
  await page.addScriptTag({ content: axe });
  const { violations } = await page.evaluate(
    async () => (await (globalThis as unknown as { axe: { run: () => Promise<unknown> } }).axe.run()) as AxeResults,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

describe('axe finds nothing serious', () => {
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 360],
  ] as const)
    browserTest(`in ${colorScheme}, ${width} pixels wide`, async () => {
      const { url, page: link } = await listeningWithPage();
      await send(url);
      await sendSignedAs(url, `${approved.toString()}\n`, { body: approved, key: secret });
      const viewport = { width, height: 800 };
      const { page } = await openLink(link, { bypassCSP: true, colorScheme, viewport });
      await expect.poll(() => rows(page).count()).toBe(2);
      expect(await seriousIn(page)).toEqual([]);
      await openRequest(page, 2);
      await page.keyboard.press('s');
      await expect.poll(() => text(page, '.results')).toContain('200');
      await page.keyboard.press('d');
      await expect.poll(() => text(page, '.difference')).toContain('→');
      expect(await seriousIn(page)).toEqual([]);
      await page.keyboard.press('e');
      await expect.poll(() => page.locator('textarea').count()).toBe(1);
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      expect(await seriousIn(page)).toEqual([]);
    });
});

browserTest('everything can be done with the keyboard alone', async () => {
  const { url, page: link } = await listeningWithPage();
  for (let count = 0; count < 3; count += 1) await send(url);
  const { page } = await openLink(link);
  await expect.poll(() => rows(page).count()).toBe(3);
  const focused = () =>
    page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
    );
  const selected = () => page.locator('[aria-selected=true]').getAttribute('id');
  expect(await selected()).toBe('request-3');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect.poll(selected).toBe('request-2');
  await expect.poll(() => text(page, 'article.request h2')).toContain('#2 ');

  // The list is one stop of the Tab key, and says which of its rows is the current one.
  for (let stops = 0; (await focused()) !== 'Requests, newest first' && stops < 12; stops += 1)
    await page.keyboard.press('Tab');
  expect(await page.locator('[role=listbox]').getAttribute('aria-activedescendant')).toBe('request-2');
  await page.keyboard.press('End');
  await expect.poll(selected).toBe('request-1');
  await page.keyboard.press('ArrowUp');
  await expect.poll(selected).toBe('request-2');
  await expect.poll(() => text(page, 'article.request h2')).toContain('#2 ');
  await page.keyboard.press('Enter');
  await expect.poll(focused).toContain('#2 customer.status');
  await page.keyboard.press('e');
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('edited');
  // Letters are text in a field.
  await page.keyboard.type('jk?');
  expect(await page.locator('textarea').inputValue()).toContain('jk?');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('textarea').count()).toBe(0);
  // An edit isn't lost when it is put away.
  await page.keyboard.press('e');
  await expect.poll(() => page.locator('textarea').inputValue()).toContain('jk?');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect.poll(focused).toBe('Requests, newest first');
  await page.keyboard.press('?');
  await expect.poll(() => text(page, 'dialog[open]')).toContain('Next, previous request');
  await page.keyboard.press('j');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('dialog').count()).toBe(0);
  expect(await selected()).toBe('request-2');
  await page.keyboard.press('/');
  await expect.poll(focused).toBe('Text');
});

browserTest('what came in is said to whoever does not see it', async () => {
  const { url, page: link } = await listeningWithPage();
  await send(url);
  const { page } = await openLink(link);
  await expect.poll(() => rows(page).count()).toBe(1);
  await sendSignedAs(url, approved, { key: 'canary-of-another' });
  await expect.poll(() => text(page, '.announcement')).toBe('1 new request, 1 refused');
});

browserTest('filters find by verdict, answer, event, text and path', async () => {
  const { url, page: link } = await listeningWithPage();
  await send(url);
  await sendSignedAs(url, approved, { key: 'canary-of-another' });
  await send(url, approved.toString().replace('"APPROVED"', '"ON_HOLD"'));
  const { page } = await openLink(link);
  await expect.poll(() => rows(page).count()).toBe(3);
  const numbers = () => rows(page).evaluateAll(all => all.map(row => row.id.replace('request-', '')));
  await page.locator('.filters').getByLabel('Verdict').selectOption('Refused');
  await expect.poll(numbers).toEqual(['2']);
  expect(await text(page, '.summary')).toBe('1 of 3');
  await page.locator('.filters').getByLabel('Verdict').selectOption('Any verdict');
  await page.locator('.filters').getByLabel('Answer').selectOption('2xx');
  await expect.poll(numbers).toEqual(['3', '1']);
  await page.locator('.filters').getByLabel('Event').selectOption('customer.status');
  await page.locator('.filters').getByLabel('Path and value').fill('data.customer_status=ON_HOLD');
  await expect.poll(numbers).toEqual(['3']);
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect.poll(numbers).toEqual(['3', '2', '1']);
  await page.locator('.filters').getByLabel('Text').fill('on_hold');
  await expect.poll(numbers).toEqual(['3']);
  await page.locator('.filters').getByLabel('Text').fill('found nowhere');
  await expect.poll(() => text(page, '.nothing')).toBe('No request matches the filter.');
  await page.locator('.filters').getByLabel('Path and value').fill('.a');
  await expect.poll(() => text(page, '.filters [role=alert]')).not.toBe('');
});

browserTest('on a narrow screen, the details take the place of the list, and nothing is wider than it', async () => {
  const { url, page: link } = await listeningWithPage();
  await sendSignedAs(url, approved, { key: 'canary-of-another' });
  const { page } = await openLink(link, { viewport: { width: 360, height: 640 } });
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  await expect.poll(() => rows(page).count()).toBe(1);
  expect(await width()).toBe(360);
  expect(await page.locator('.detail').isVisible()).toBe(false);
  await openRequest(page, 1);
  expect(await page.locator('.list').isVisible()).toBe(false);
  expect(await width()).toBe(360);
  expect(await page.locator('.detail').evaluate(pane => pane.scrollWidth - pane.clientWidth)).toBe(0);
  await page.getByRole('button', { name: 'All requests' }).click();
  await expect.poll(() => page.locator('.list').isVisible()).toBe(true);
});

const exchange = (index: number): PageExchange => ({
  ...{ type: 'exchange', file: 'many.ndjson', index, method: 'POST', target: `/${index}`, bytes: 2 },
  event: { type: 'customer.status', id: `id-${index}` },
  ...{ verdict: { by: 'check', isAccepted: index % 7 !== 0 }, answer: { status: 200 }, curl: '', previous: null },
  whole: { headers: [], bodyBase64: 'e30=', signature: null, answer: null },
});

/** Opens the page as one file. */
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

browserTest('of ten thousand requests, only those that can be seen are in the document', async () => {
  const { page, complaints } = await openFile(Array.from({ length: 10_000 }, (_, index) => exchange(index + 1)));
  await expect.poll(() => text(page, '.summary')).toContain('requests');
  const few = async () => {
    const count = await rows(page).count();
    expect(count).toBeGreaterThan(10);
    expect(count).toBeLessThan(100);
  };
  await few();
  await page.locator('.rows').focus();
  // Older ones are asked for when the end comes close.
  await expect
    .poll(async () => {
      await page.keyboard.press('End');
      return page.locator('[aria-selected=true]').getAttribute('id');
    })
    .toBe('request-1');
  await few();
  expect(await text(page, '.summary')).toBe('10000 requests');
  expect(await rows(page).last().getAttribute('aria-posinset')).toBe('10000');
  await expect.poll(() => text(page, 'article.request h2')).toContain('#1 ');
  await page.locator('.filters').getByLabel('Verdict').selectOption('Refused');
  await expect.poll(() => text(page, '.summary')).toBe('1428 of 10000');
  await few();
  expect(complaints).toEqual([]);
});

browserTest('a large body is shown in part until all of it is asked for', async () => {
  const body = JSON.stringify({ long: 'x'.repeat(100_000), list: Array.from({ length: 5000 }, (_, index) => index) });
  const large = { ...exchange(1), whole: { ...exchange(1).whole, bodyBase64: Buffer.from(body).toString('base64') } };
  const { page } = await openFile([large]);
  await expect.poll(() => page.locator('.code .line').count()).toBe(1000);
  await page.getByRole('button', { name: 'Show all of it' }).click();
  await expect.poll(() => page.locator('.code .line').count()).toBe(5005);
  expect((await text(page, '.code')).length).toBeGreaterThan(120_000);
});

browserTest('a recording is one file that opens offline, with nothing from elsewhere', async () => {
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
  await expect.poll(() => text(page, '.difference')).toContain('it is written otherwise');
  await page.locator('.filters').getByLabel('Text').fill('customer_status');
  await expect.poll(() => text(page, '.summary')).toBe('2 requests');
  await page.reload();
  await expect.poll(() => rows(page).count()).toBe(2);
  expect(asked.filter(each => !each.startsWith('file:'))).toEqual([]);
  expect(complaints).toEqual([]);
});
