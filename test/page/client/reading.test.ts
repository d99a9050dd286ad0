import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { approved } from '../../support/listening.js';
import { rawClient } from '../../support/raw.js';
import { browserTest, openLink, openRequest, rows, sendSignedAs, text } from '../browser.js';
import { listeningWithPage, secret, send } from '../listening-page.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Global {
  axe?: { run: (options: RunOptions) => Promise<AxeResults> };
}

/** axe's findings that would prevent somebody from using the page. */
async function seriousIn(page: Page): Promise<string[]> {
  if (await page.evaluate(() => (globalThis as Global).axe === undefined)) await page.addScriptTag({ content: axe });
  // Describing what is right would take as long as finding what is wrong.
  const { violations } = await page.evaluate(() => (globalThis as Global).axe!.run({ resultTypes: ['violations'] }));
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
      const viewport = { width, height: 800 };
      const { page } = await openLink(link, { bypassCSP: true, colorScheme, viewport });
      await expect.poll(() => text(page, '.nothing')).toContain('No request has arrived yet.');
      expect(await seriousIn(page)).toEqual([]);
      await send(url);
      await sendSignedAs(url, `${approved.toString()}\n`, { body: approved, key: secret });
      await send(url, '{"event":{"type":"customer.status"}}');
      await (
        await rawClient(url, 'no request\r\n\r\n')
      ).ended;
      await expect.poll(() => rows(page).count()).toBe(4);
      expect(await seriousIn(page)).toEqual([]);
      for (const [position, words] of [[4, "Not an HTTP request."], [3, 'is missing']] as const) {
        await openRequest(page, position);
        await expect.poll(() => text(page, '.why')).toContain(words);
        expect(await seriousIn(page)).toEqual([]);
        await page.keyboard.press('Escape');
      } // prettier-ignore
      await openRequest(page, 2);
      await page.keyboard.press('s');
      await expect.poll(() => text(page, '.results')).toContain('200');
      await page.keyboard.press('d');
      await expect.poll(() => text(page, '.difference')).toContain('→');
      expect(await seriousIn(page)).toEqual([]);
      await page.getByRole('button', { name: 'By line' }).click();
      await expect.poll(() => page.locator('.diff').count()).toBe(1);
      expect(await seriousIn(page)).toEqual([]);
      await page.keyboard.press('e');
      await expect.poll(() => page.locator('textarea').count()).toBe(1);
      expect(await seriousIn(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      expect(await seriousIn(page)).toEqual([]);
    });
});

browserTest('everything works with the keyboard alone', async () => {
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

  // The list is a single Tab stop, and says which row is the current one.
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
  // In a field, letters are text.
  await page.keyboard.type('jk?');
  expect(await page.locator('textarea').inputValue()).toContain('jk?');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('textarea').count()).toBe(0);
  // Closing an edit doesn't lose it.
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

browserTest('screen readers announce new requests', async () => {
  const { url, page: link } = await listeningWithPage();
  await send(url);
  const { page } = await openLink(link);
  await expect.poll(() => rows(page).count()).toBe(1);
  await sendSignedAs(url, approved, { key: 'canary-of-another' });
  await expect.poll(() => text(page, '.announcement')).toBe('1 new request, 1 refused');
});

browserTest('filters find by verdict, response, event, text and path', async () => {
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
  await page.locator('.filters').getByLabel('Response').selectOption('2xx');
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

browserTest('on a narrow screen, the details replace the list, and nothing is wider than the screen', async () => {
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
