import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, inject, onTestFinished } from 'vitest';
import { refuseLeaks } from './canary.js';
import { compiledCode } from './compiled-code.js';
import { temporaryFolder } from './folder.js';

/** The program of util-linux that runs a command on a terminal of its own; others of that name have other flags. */
const hasScript = () => String(spawnSync('script', ['--version']).stdout).includes('util-linux');

/** In CI, a test that takes one fails without it, rather than being skipped. */
export const isTerminalMissing = !process.env['CI'] && !hasScript();

export interface OnTerminal {
  /** Waits until this is on the screen, of what came since the last answer, and then types. Returns what was on the screen. */
  answer: (shown: string, keys: string) => Promise<string>;
  ended: Promise<{ exitCode: number; screen: string }>;
}

/** Runs the built command as a person at a terminal does, with a home of its own. `after`: a line for the shell that comes next. */
export function onTerminal(
  argv: readonly string[],
  { cwd, env = {}, after }: { cwd: string; env?: NodeJS.ProcessEnv; after?: string },
): OnTerminal {
  const words = [process.execPath, path.join(inject('builtPackage'), 'bin/webhook-cli.js'), ...argv];
  const line = words.map(word => `'${word}'`).join(' ');
  // Ctrl-C is for all that the terminal runs; this shell goes on.
  const command = after === undefined ? line : `trap : INT; ${line}; ${after}`;
  const surroundings = {
    ...{
      PATH: process.env['PATH'],
      HOME: temporaryFolder(),
      LANG: 'C.UTF-8',
      TERM: 'xterm',
      NO_COLOR: '1',
      ...compiledCode(),
      ...env,
    },
  };
  const child = spawn('script', ['-qefc', command, '/dev/null'], { cwd, env: surroundings });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let screen = '';
  let seen = 0;
  child.stdout.on('data', (chunk: Buffer) => (screen += chunk.toString()));
  const ended = once(child, 'close').then(([exitCode]) => {
    refuseLeaks({ argv, env: surroundings, output: screen });
    return { exitCode: exitCode as number, screen };
  });
  return {
    async answer(shown, keys) {
      const isShown = () => screen.slice(seen).includes(shown);
      while (!isShown() && !child.stdout.readableEnded) await Promise.race([once(child.stdout, 'data'), ended]);
      expect(screen.slice(seen)).toContain(shown);
      const came = screen.slice(seen);
      seen = screen.length;
      child.stdin.write(keys);
      return came;
    },
    ended,
  };
}

export const keys = { down: '\u001b[B', enter: '\r', escape: '\u001b', interrupt: '\u0003', space: ' ' };
