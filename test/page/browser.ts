import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { signatureOf } from '../support/listening.js';
import { askPage } from './visitor.js';

const executablePath = '/usr/bin/chromium';

/** Without a browser, tests are reported as not run; if CI is set, they fail. */
export const browserTest = test.skipIf(!existsSync(executablePath) && process.env['CI'] === undefined);

const args = [
  ...['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  ...['--disable-sync', '--no-first-run', '--headless', '--disable-quic'],
];

let running: Promise<Browser> | undefined;

afterAll(async () => {
  await (await running)?.close();
  running = undefined;
});

/** A page in a browser, and the violations it must not cause. */
export interface Opened {
  page: Page;
  /** The browser's complaints: errors, and violations of the policy. */
  complaints: string[];
  /** The URLs that the page requested. */
  asked: string[];
}

interface Opening extends BrowserContextOptions {
  /** Names that resolve to this machine. */
  hosts?: string;
}

/** Opens a tab without history. `hosts` need a separate browser. */
export async function openTab({ hosts, ...options }: Opening = {}): Promise<Opened> {
  const start = (more: string[] = []) => chromium.launch({ executablePath, args: [...args, ...more] });
  const own = hosts === undefined ? undefined : await start([`--host-resolver-rules=MAP ${hosts} 127.0.0.1`]);
  const browser = own ?? (await (running ??= start()));
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const [complaints, asked]: [string[], string[]] = [[], []];
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', error => complaints.push(error.message));
  page.on('request', request => asked.push(request.url()));
  onTestFinished(async () => {
    await context.close();
    await own?.close();
  });
  return { page, complaints, asked };
}

/** Opens the printed link. */
export async function openLink(url: string, options?: Opening): Promise<Opened> {
  const opened = await openTab(options);
  await opened.page.goto(url);
  return opened;
}

export const rows = (page: Page) => page.locator('.rows [role=option]');

/** Opens the details of the request with this number. */
export async function openRequest(page: Page, position: number): Promise<void> {
  await page.locator(`#request-${position}`).click();
  await expect.poll(() => page.locator('article.request h2').textContent()).toContain(`#${position} `);
}

export const text = (page: Page, selector: string): Promise<string> => page.locator(selector).first().innerText();

/** Sends a body with another body's signature. */
export async function sendSignedAs(
  url: string,
  body: string | Uint8Array,
  signed: { body?: string | Uint8Array; key: string },
): Promise<number> {
  const headers = { 'content-type': 'application/json', ...signatureOf(signed.body ?? body, signed.key) };
  return (await askPage(new URL(url).origin, '/', { method: 'POST', headers, body })).status;
}
