import { createInterface } from 'node:readline';
import { expect, onTestFinished } from 'vitest';
import type { Host } from '../../src/cli/host.js';
import { startCli, type Running } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, signatureOf } from '../support/listening.js';
import { askPage, visit, type Visitor } from './visitor.js';

// Unlike any phrase in the output, so that a leak shows.
export const secret = 'canary-of-the-page-4711';
export const env = { WEBHOOK_SECRET: secret };

export interface Session extends Running {
  url: string;
  page: string;
  visitor: Visitor;
}

/** `listen --web`, once the page is there. */
export async function listeningWithPage(
  flags: readonly string[] = [],
  cwd = temporaryFolder(),
  host: Partial<Host> = {},
): Promise<Session> {
  const running = startCli(['listen', '--port', '0', '--json', '--web', ...flags], { env, cwd, ...host });
  onTestFinished(async () => {
    running.stop();
    await running.ended;
  });
  const lines = createInterface({ input: running.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse(String((await lines.next()).value)) as { type: string; url: string };
  const [ready, page] = [await next(), await next()];
  expect([ready.type, page.type]).toEqual(['ready', 'page']);
  return { ...running, url: ready.url, page: page.url, visitor: await visit(page.url) };
}

/** Sends without a browser's headers: such requests don't reach an application. */
export async function send(url: string, body: Uint8Array | string = approved, key = secret): Promise<number> {
  const { origin, pathname, search } = new URL(url);
  const headers = { 'content-type': 'application/json', ...signatureOf(body, key) };
  return (await askPage(origin, pathname + search, { method: 'POST', headers, body })).status;
}
