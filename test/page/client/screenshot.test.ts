import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../support/cli.js';
import { browserTest, openLink, openRequest, openTab, rows, sendSignedAs } from '../browser.js';
import { listeningWithPage, secret, send } from '../listening-page.js';

const file = path.join(root, 'docs/images/page.webp');
const fixture = (name: string): string => readFileSync(path.join(root, `fixtures/events/${name}.json`), 'utf8');

/** Valid deliveries, then one whose body was re-serialised, one with another secret, and a valid one. */
async function deliver(url: string, onDelivery: () => void): Promise<void> {
  const good = ['queued', 'transaction-processing', 'reviewing', 'business-queued', 'beneficiary-active', 'on-hold'];
  for (const name of [...good, 'transaction-completed']) {
    await send(url, fixture(name));
    onDelivery();
  }
  const body = fixture('approved');
  await sendSignedAs(url, JSON.stringify(JSON.parse(body), null, 2), { body, key: secret });
  onDelivery();
  await sendSignedAs(url, fixture('business-approved'), { key: 'k7Tq2-another-Ru8mPz3Lv' });
  onDelivery();
  await send(url, body);
}

/** Browsers can write WebP, which is a third of a PNG's size. */
async function inWebp(png: Buffer): Promise<Buffer> {
  const { page } = await openTab();
  const url = await page.evaluate(
    async source => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      return canvas.toDataURL('image/webp', 0.7);
    },
    `data:image/png;base64,${png.toString('base64')}`,
  );
  return Buffer.from(url.split(',')[1] ?? '', 'base64');
}

// `SCREENSHOT=1 npx vitest run test/page/client/screenshot.test.ts` takes it again, since fonts differ between machines.
const takingTest = process.env['SCREENSHOT'] === undefined ? test.skip : browserTest;

takingTest('a screenshot shows a cause and its fix', async () => {
  const time = new Date('2026-01-31T09:30:04Z');
  const session = await listeningWithPage([], undefined, { now: () => new Date(time) });
  await deliver(session.url, () => time.setSeconds(time.getSeconds() + 7));
  const { page } = await openLink(session.page, { viewport: { width: 1200, height: 760 }, deviceScaleFactor: 1.75 });
  await expect.poll(() => rows(page).count()).toBe(10);
  await openRequest(page, 8);
  await page.getByText('Raw', { exact: true }).click();
  await expect.poll(() => page.locator('mark').count()).toBeGreaterThan(0);
  writeFileSync(file, await inWebp(await page.screenshot()));
});

test('the screenshot in the documents is small', () => {
  expect(readFileSync(file).toString('latin1', 8, 12)).toBe('WEBP');
  expect(statSync(file).size).toBeLessThan(150_000);
});
