import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject, onTestFinished } from 'vitest';
import { env } from '../support/listening.js';

export interface Resident {
  exitCode: number | null;
  /** The process's peak memory, in kB. */
  peak: number;
  seconds: number;
}

/** Runs the built command with `home` as its home, while `feed` runs. */
export async function runMeasured(
  argv: readonly string[],
  { home, feed }: { home: string; feed?: ((child: ChildProcess) => Promise<void>) | undefined },
): Promise<Resident> {
  const bin = path.join(inject('builtPackage'), 'bin/webhook-cli.js');
  const begin = performance.now();
  const child = spawn('/usr/bin/env', ['node', bin, ...argv], {
    env: { PATH: process.env['PATH'], HOME: home, ...env },
    stdio: [feed ? 'pipe' : 'ignore', 'ignore', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const exited = once(child, 'exit');
  const fed = feed?.(child);
  let peak = 0;
  while (child.exitCode === null && child.signalCode === null) {
    peak = Math.max(peak, residentKilobytes(child.pid));
    await Promise.race([sleep(20), exited]);
  }
  await fed;
  const seconds = (performance.now() - begin) / 1000;
  process.stdout.write(`${argv.join(' ')}: ${(peak / 1000).toFixed(0)} MB at most, ${seconds.toFixed(1)} s\n`);
  return { exitCode: child.exitCode, peak, seconds };
}

/** 0 after it has ended. */
function residentKilobytes(pid: number | undefined): number {
  const [, size = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid ?? 0}/status`, 'utf8')) ?? [];
  return Number(size);
}
