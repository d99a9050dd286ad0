import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { platform } from 'node:os';
import type { Environment } from '../../ports.js';

/** Programs that open a URL in the user's browser, with the arguments before it. None of them is a shell. */
const openers: Partial<Record<NodeJS.Platform, readonly [program: string, ...args: string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Starts a program that opens the URL and outlives this one. Returns whether one started. */
export async function openBrowser(url: string, { env }: Pick<Environment, 'env'>): Promise<boolean> {
  const [program, ...args] = openers[platform()] ?? ['xdg-open'];
  const child = spawn(program, [...args, url], { env, stdio: 'ignore', detached: true });
  child.unref();
  return once(child, 'spawn').then(
    () => true,
    () => false,
  );
}
