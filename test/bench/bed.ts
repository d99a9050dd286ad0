import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { inject, onTestFinished } from 'vitest';
import { env } from '../support/listening.js';

/** Where everything is measured: the built command, peers, and space for files. */
export interface Bed {
  /** A scratch folder, and the home of every program that runs. */
  folder: string;
  /** The file that `bin` names in package.json. */
  bin: string;
  /** The path of a peer's script, installed into the scratch folder. */
  peer: (name: string) => string;
  /** Whether a program is installed on the system. */
  has: (program: string) => boolean;
}

const peers = ['autocannon@9', 'smee-client@5', '@stripe/cli@1'];

/** Installs the peers, which takes a while and isn't part of the project. */
export function makeBed(): Bed {
  const folder = mkdtempSync(path.join(tmpdir(), 'webhook-cli-bench-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const line = ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', ...peers];
  execFileSync('npm', line, { stdio: ['ignore', 'ignore', 'inherit'] });
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return {
    folder,
    bin: path.join(inject('builtPackage'), 'bin/webhook-cli.js'),
    peer: name => path.join(folder, 'node_modules', name),
    has: program => folders.some(place => existsSync(path.join(place, program))),
  };
}

export const floor = (name: string): string => path.join(import.meta.dirname, 'floors', name);

// Without NODE_EXTRA_CA_CERTS: it slows every start, and would flatter every ratio.
const surroundings = (folder: string) => ({ PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8', ...env });

export interface Ended {
  seconds: number;
  /** Its peak memory, in MB. */
  resident: number;
  exitCode: number | null;
}

/** Runs a program to its end and discards its output, like `>/dev/null` in a shell. Throws if it fails. */
export async function run(
  folder: string,
  [program = '', ...line]: readonly string[],
  accepted: readonly number[] = [0],
): Promise<Ended> {
  const begin = performance.now();
  const child = spawn(program, line, { env: surroundings(folder), cwd: folder, stdio: 'ignore' });
  let resident = 0;
  const watch = setInterval(() => (resident = Math.max(resident, peakOf(child))), 50);
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  const seconds = (performance.now() - begin) / 1000;
  clearInterval(watch);
  if (!accepted.includes(exitCode ?? -1)) throw new Error(`${program} ${line.join(' ')} ended with ${exitCode}`);
  return { seconds, resident, exitCode };
}

/** From Linux: the peak so far; 0 after it has ended. */
function peakOf({ pid }: ChildProcess): number {
  try {
    const [, kilobytes = '0'] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid ?? 0}/status`, 'utf8')) ?? [];
    return Number(kilobytes) / 1000;
  } catch {
    return 0;
  }
}

/** From Linux, in hundredths of a second: proc_pid_stat(5), fields 14 and 15. */
function spentBy({ pid }: ChildProcess): number {
  const stat = readFileSync(`/proc/${pid ?? 0}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Everything that a program writes to standard output. */
export function outputOf(folder: string, [program = '', ...line]: readonly string[]): string {
  return execFileSync(program, line, {
    ...{ env: surroundings(folder), cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

export interface Serving {
  url: string;
  /** The link of its page, if it serves one. */
  page?: string | undefined;
  /** The CPU time it has used so far, user plus system, in seconds. */
  spent: () => number;
  stop: () => Promise<void>;
}

/** Starts a program that listens and prints its address on the first line. The rest of its output goes to a file. */
export async function serve(folder: string, [program = '', ...line]: readonly string[]): Promise<Serving> {
  const printed = path.join(mkdtempSync(path.join(folder, 'served-')), 'printed');
  const output = openSync(printed, 'w');
  const child = spawn(program, line, {
    ...{ env: surroundings(folder), cwd: folder },
    stdio: ['ignore', output, 'inherit'],
  });
  closeSync(output);
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  const spent = () => spentBy(child);
  for (;;) {
    const text = readFileSync(printed, 'utf8');
    const [, url] = /(http:\/\/[\d.]+:\d+)/.exec(text) ?? [];
    const [page] = /http:\/\/127\.0\.0\.1:\d+\/#[\w-]{43}/.exec(text) ?? [];
    if (url !== undefined && (page ?? !line.includes('--web')))
      return { url: `${url}/`, page: page || undefined, spent, stop };
    if (child.exitCode !== null) throw new Error(`${line.join(' ')} ended before it listened`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

/** Seconds until a program has written its first line. The program is ended then. */
export async function untilFirstLine(folder: string, [program = '', ...line]: readonly string[]): Promise<number> {
  const begin = performance.now();
  const child = spawn(program, line, {
    ...{ env: surroundings(folder), cwd: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(createInterface({ input: child.stdout }), 'line');
  const seconds = (performance.now() - begin) / 1000;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  return seconds;
}
