import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, onTestFinished } from 'vitest';
import type { Stream } from '../../src/cli/host.js';
import { startCli, type Running } from './cli.js';
import { temporaryFolder } from './folder.js';
import { env } from './listening.js';

/** A terminal of this width, and everything it shows. */
export function terminal(columns: number): { stdout: Stream & PassThrough; shown: () => string } {
  const stdout = Object.assign(new PassThrough(), { isTTY: true, columns });
  let shown = '';
  stdout.on('data', (chunk: Buffer) => (shown += chunk.toString()));
  return { stdout, shown: () => shown };
}

/** `listen` on a free port, once it accepts connections; it prints to `stdout`, in the format that the flags set. */
export async function listeningOn(stdout: Stream, ...flags: string[]): Promise<Running & { url: string }> {
  const file = path.join(temporaryFolder(), 'url');
  const running = startCli(['listen', '--port', '0', '--ready-file', file, ...flags], {
    env: { ...env, NO_COLOR: '1' },
    stdout,
  });
  onTestFinished(async () => {
    running.stop();
    await running.ended;
  });
  const urlInFile = () => {
    try {
      return readFileSync(file, 'utf8').trim();
    } catch {
      return '';
    }
  };
  await expect.poll(urlInFile).toMatch(/^http:/);
  return { ...running, url: urlInFile() };
}
