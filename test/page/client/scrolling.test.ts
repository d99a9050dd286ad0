import { expect } from 'vitest';
import { browserTest, openLink, rows, text } from '../browser.js';
import { listeningWithPage, send } from '../listening-page.js';

browserTest('the visible rows stay in place when requests arrive above them', async () => {
  const { url, page: link } = await listeningWithPage();
  const sendMany = (count: number) => Promise.all(Array.from({ length: count }, () => send(url)));
  for (let round = 0; round < 6; round += 1) await sendMany(20);
  const { page } = await openLink(link);
  await expect.poll(() => text(page, '.summary')).toBe('120 requests');
  const list = page.locator('.rows');
  // The row at the top of the list, and how far its top is above the list's.
  const atTop = () =>
    list.evaluate(box => {
      const { left, top } = box.getBoundingClientRect();
      const row = document.elementFromPoint(left + 20, top + 2)?.closest('[role=option]');
      return [row?.id, row && Math.round(row.getBoundingClientRect().top - top)];
    });
  await list.evaluate(box => {
    box.scrollTop = 1290;
  });
  await expect.poll(atTop).toEqual(['request-80', -10]);
  for (const total of [121, 141]) {
    await sendMany(total === 121 ? 1 : 20);
    await expect.poll(() => text(page, '.summary')).toBe(`${total} requests`);
    await expect.poll(atTop).toEqual(['request-80', -10]);
    expect(await rows(page).count()).toBeLessThan(60);
  }
  // At the top, the newest row is always visible.
  await list.evaluate(box => {
    box.scrollTop = 0;
  });
  await expect.poll(atTop).toEqual(['request-141', 0]);
  await send(url);
  await expect.poll(atTop).toEqual(['request-142', 0]);
});
