import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished } from 'vitest';
import { browserTest, openLink, openRequest, openTab, rows, text } from '../browser.js';
import { listeningWithPage, send } from '../listening-page.js';
import { captured, servedPage } from '../served.js';

const html = '<img src=//evil.example/x onerror="alert(1)"><script>alert(2)</script>';
const odd = '\u202edesrever\u202c \u001b[31mred\u0007 zero\u200bwidth';

const hostile = captured({
  target: `/hook?${encodeURIComponent(html)}`,
  headers: [
    ['x-html', html],
    ['x-escape', '\u001b[2J\u009b31m'],
  ],
  body: Buffer.from(
    JSON.stringify({
      event: { type: html, id: odd, event_reference_id: html },
      data: { customer_status: odd, html, link: 'javascript:alert(3)' },
    }),
  ),
  answer: { status: 500, headers: [['content-type', 'text/html']], body: Buffer.from(html), isWhole: true },
});

browserTest(
  'everything received is shown as text: no part of it becomes an element, runs, loads or reverses text',
  async () => {
    const { page, complaints, asked } = await openLink((await servedPage([hostile, captured()])).url);
    page.on('dialog', dialog => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await openRequest(page, 1);
    await page.getByRole('button', { name: 'Raw' }).first().click();
    await page.keyboard.press('d');
    await page.locator('.difference input').fill('2');
    await expect.poll(() => text(page, '.difference')).toContain('data.html');
    await page.getByText(/^1 header/).click();
    const shown = await page.locator('body').innerText();
    expect(shown).toContain(html);
    expect(shown).toContain(String.raw`\u202edesrever\u202c`);
    expect(shown).toContain(String.raw`zero\u200bwidth`);
    expect(await page.content()).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\u001b\u0007\u009b]/);
    expect(await page.locator('img, iframe, object, embed, [onerror], body script:not([src])').count()).toBe(0);
    expect(await page.locator('a').count()).toBe(0);
    const { origin } = new URL(page.url());
    expect(asked.filter(url => !url.startsWith(`${origin}/`))).toEqual([]);
    expect(complaints).toEqual([]);
  },
);

browserTest('the editor shows exactly the text that is edited', async () => {
  const { url, page: link, visitor } = await listeningWithPage();
  await send(url, '{\r\n"a":"\u202eb"}');
  const { page } = await openLink(link);
  await openRequest(page, 1);
  await page.keyboard.press('e');
  await expect.poll(() => page.locator('textarea').inputValue()).toBe(String.raw`{
"a":"\u202eb"}`);
  await page.getByRole('button', { name: 'Sign & send' }).click();
  await expect.poll(() => rows(page).count()).toBe(2);
  const { body } = await visitor.get('/api/requests/2/body');
  expect(JSON.parse(body.toString())).toEqual({ a: '\u202eb' });
});

browserTest('the page’s policy is active: an injected script could do nothing', async () => {
  const { page } = await openLink((await servedPage()).url);
  await expect.poll(() => rows(page).count()).toBe(1);
  const attempts = await page.evaluate(async () => {
    const failed = async (attempt: () => unknown): Promise<boolean> => {
      try {
        await attempt();
        return false;
      } catch {
        return true;
      }
    };
    // Code run by the debugger has more rights than the page's scripts.
    await new Promise(resolve => setTimeout(resolve));
    return [
      await failed(() => (document.body.innerHTML = '<b>x</b>')),
      // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- It must fail.
      await failed(() => new Function('return 1')()),
      await failed(() => fetch('http://127.0.0.1:9/', { mode: 'no-cors' })),
      await failed(() => Promise.reject(new Error('a control')).catch(() => undefined)),
    ];
  });
  expect(attempts).toEqual([true, true, true, false]);
});

browserTest('the browser keeps only the cookie, which no script can read', async () => {
  const { url, page: link } = await listeningWithPage();
  await send(url);
  const { page } = await openLink(link);
  await expect.poll(() => text(page, '.body')).toContain('customer_status');
  const kept = await page.evaluate(async () => ({
    stored: localStorage.length + sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    cookie: document.cookie,
  }));
  expect(kept).toEqual({ stored: 0, databases: 0, caches: 0, cookie: '' });
  expect(await page.context().cookies()).toMatchObject([{ httpOnly: true, sameSite: 'Strict' }]);
});

browserTest('without the printed link, the page says what to open', async () => {
  const { page: link } = await listeningWithPage();
  const { origin } = new URL(link);
  for (const url of [`${origin}/`, `${origin}/#${'x'.repeat(43)}`]) {
    const { page } = await openLink(url);
    await expect.poll(() => text(page, '[role=alert]')).toContain('Open the link that webhook-cli printed.');
    expect(await rows(page).count()).toBe(0);
  }
});

browserTest('a name that resolves to this machine opens nothing', async () => {
  const { url, page: link } = await listeningWithPage();
  await send(url);
  const { port, hash } = new URL(link);
  const { page } = await openTab({ hosts: 'rebound.example' });
  const response = await page.goto(`http://rebound.example:${port}/${hash}`);
  expect(response?.status()).toBe(403);
  expect(await text(page, 'body')).toContain('the Host header names another server');
});

browserTest(
  'a page from another origin on this machine can neither read nor send, even with the session open',
  async () => {
    const { url, page: link, visitor } = await listeningWithPage();
    await send(url);
    const { page } = await openLink(link);
    await expect.poll(() => rows(page).count()).toBe(1);
    const { origin } = new URL(link);
    const evil = createServer((_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(
        `<form method="post" enctype="text/plain" action="${origin}/api/requests/1/replay"><input name='{"sign":true,"x":"' value='"}'><button>Win</button></form>`,
      );
    });
    evil.listen(0, '127.0.0.1');
    await once(evil, 'listening');
    onTestFinished(() => {
      evil.close();
      evil.closeAllConnections();
    });
    const tab = await page.context().newPage();
    // Sites don't depend on ports, so the cookie is sent along.
    await tab.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`);
    const reads = await tab.evaluate(async target => {
      const read = (path: string, init: RequestInit) =>
        fetch(target + path, { credentials: 'include', ...init }).then(
          response => response.text(),
          () => 'failed',
        );
      return [
        await read('/api/requests', {}),
        await read('/api/requests', { mode: 'no-cors' }),
        await read('/api/requests/1/replay', { method: 'POST', mode: 'no-cors', body: '{"sign":true}' }),
      ];
    }, origin);
    expect(reads.join('')).not.toContain('customer');
    const [answer] = await Promise.all([
      tab.waitForResponse(response => response.url().endsWith('/replay')),
      tab.click('button'),
    ]);
    expect(answer.status()).toBe(403);
    // Nothing was sent: only the one request has been received.
    const { requests } = (await visitor.get('/api/requests')).json() as { requests: unknown[] };
    expect(requests).toHaveLength(1);
  },
);
