import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import type { Host } from '../../src/cli/host.js';
import { sign } from './fin.js';
import { createSecret } from '../../src/scheme/secret.js';
import { root, startCli, type Run, type Running } from './cli.js';

export const env = { WEBHOOK_SECRET: 'test_secret' };
export const approved = readFileSync(path.join(root, 'fixtures/events/approved.json'));

export interface Listening extends Running {
  url: string;
}

/** `listen` on a free port, once it accepts connections. */
export const listening = (...flags: string[]): Promise<Listening> => listeningWith({}, ...flags);

/** The same, with a larger environment. */
export const listeningWith = (variables: Record<string, string>, ...flags: string[]): Promise<Listening> =>
  start(flags, { env: { ...env, ...variables } });

/** The same, with the real clock, which programs that sign for themselves use. */
export const listeningNow = (variables: Record<string, string>, ...flags: string[]): Promise<Listening> =>
  start(flags, { env: { ...env, ...variables }, now: () => new Date() });

async function start(flags: readonly string[], host: Partial<Host>): Promise<Listening> {
  const running = startCli(['listen', '--port', '0', '--json', ...flags], host);
  onTestFinished(async () => {
    running.stop();
    await running.ended;
  });
  const [line] = (await once(createInterface({ input: running.stdout }), 'line')) as [string];
  return { ...running, url: (JSON.parse(line) as { url: string }).url };
}

export const signatureOf = (body: Uint8Array | string, secret = 'test_secret') => ({
  'x-fin-signature': sign(Buffer.from(body), createSecret(Buffer.from(secret), '')),
});

export const signed = (body: Uint8Array | string, secret?: string): RequestInit => ({
  method: 'POST',
  body: Buffer.from(body),
  headers: signatureOf(body, secret),
});

export const statusOf = async (url: string, request: RequestInit): Promise<number> =>
  (await fetch(url, request)).status;

export const stopped = async ({ stop, ended }: Running): Promise<Run> => {
  stop();
  return ended;
};
