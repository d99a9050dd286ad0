import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { waitUntilAnswering } from '../../src/conformance/wait.js';
import { root } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { freePort } from '../support/free-port.js';
import type { Host } from './hosts.js';
import { receiverOf } from './page.js';

/** Programs that aren't installed and can't be. In CI, everything must be: there, the test runs and fails. */
export function lackOf({ needs = [] }: Host): string | undefined {
  const lack = needs.find(command => spawnSync('sh', ['-c', command], { stdio: 'ignore' }).status !== 0);
  return process.env['CI'] ? undefined : lack;
}

export interface Started {
  url: string;
  /** Whether it responds; if not, its process has ended. */
  isUp: boolean;
  /** Everything it has printed so far. */
  log: () => string;
}

/** Starts a receiver from the page on a free port, with or without its mistake. It stops after the test. */
export async function start(host: Host, secret: string, isMistaken = false): Promise<Started> {
  const folder = temporaryFolder();
  writeFiles(host, { folder, isMistaken });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/webhooks/fin`;
  const child = spawn('sh', ['-c', host.command], {
    cwd: folder,
    env: { ...surroundings(folder), PORT: String(port), WEBHOOK_SECRET: secret },
    // A separate process group, so that everything the command starts ends with it.
    detached: true,
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const gone = new AbortController();
  child.on('exit', () => {
    gone.abort();
  });
  onTestFinished(() => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGKILL');
  });
  const unready = await waitUntilAnswering({
    target: { url: new URL(url), headers: [], version: '0.0.0' },
    ...{ patience: 120_000, timeout: 5000, connecting: {}, signal: gone.signal },
  });
  if (unready) throw new Error(`${host.name} doesn't respond\n${log}`);
  return { url, isUp: !gone.signal.aborted, log: () => log };
}

function writeFiles(host: Host, { folder, isMistaken }: { folder: string; isMistaken: boolean }): void {
  const files = { ...receiverOf(host.name).files };
  for (const [right, wrong] of isMistaken ? host.mistake : []) {
    const found = Object.keys(files).filter(name => files[name]!.split(right).length === 2);
    if (found.length !== 1) throw new Error(`${host.name} has this in ${found.length} files: ${right}`);
    files[found[0]!] = files[found[0]!]!.replace(right, () => wrong);
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  if (host.around) cpSync(path.join(import.meta.dirname, 'around', host.around), folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(host.modules ?? path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
}

/** None of the user's environment except the location of programs, and the cache for Go's compiled library. */
function surroundings(home: string): NodeJS.ProcessEnv {
  const search = `${path.dirname(process.execPath)}:${process.env['PATH'] ?? ''}`;
  const caches = process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache');
  const goCache = process.env['GOCACHE'] ?? path.join(caches, 'go-build');
  return { PATH: search, HOME: home, LANG: 'C.UTF-8', GOCACHE: goCache, PYTHONDONTWRITEBYTECODE: '1' };
}
