import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../folder.js';

/** Whether a library can be preloaded here, which takes a compiler. */
export const canPreload = process.platform === 'linux' && spawnSync('cc', ['--version']).status === 0;

/** Compiles a library in this folder, for `LD_PRELOAD`. */
export function preloadable(name: 'short-writes' | 'synced'): string {
  const source = fileURLToPath(new URL(`${name}.c`, import.meta.url));
  const library = path.join(temporaryFolder(), `${name}.so`);
  const { status, stderr } = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${name}.c can't be compiled: ${stderr}`);
  return library;
}
