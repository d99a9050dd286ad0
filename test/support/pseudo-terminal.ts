import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, inject, onTestFinished } from 'vitest';
import { refuseLeaks } from './canary.js';
import { compiledCode } from './compiled-code.js';
import { temporaryFolder } from './folder.js';

/** util-linux's script, which runs a command on a new terminal; other programs of that name have other flags. */
const hasScript = () => String(spawnSync('script', ['--version']).stdout).includes('util-linux');

/** In CI, a test that needs it fails without it, instead of being skipped. */
export const isTerminalMissing = !process.env['CI'] && !hasScript();

export interface OnTerminal {
  /** Waits until this appears on the screen after the last answer, and then types. Returns what was on the screen. */
  answer: (shown: string, keys: string) => Promise<string>;
  ended: Promise<{ exitCode: number; screen: string }>;
}

/** Runs the built command as a user at a terminal does, with a separate home. `after`: the shell's next line. */
export function onTerminal(
  argv: readonly string[],
  { cwd, env = {}, after }: { cwd: string; env?: NodeJS.ProcessEnv; after?: string },
): OnTerminal {
  const words = [process.execPath, path.join(inject('builtPackage'), 'bin/webhook-cli.js'), ...argv];
  const line = words.map(word => `'${word}'`).join(' ');
  // Ctrl-C reaches everything that the terminal runs; this shell continues.
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
