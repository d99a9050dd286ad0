import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { refuseLeaks } from './canary.js';
import { compiledCode } from './compiled-code.js';
import { temporaryFolder } from './folder.js';

/** util-linux's script, which runs a command on a new terminal; other programs of that name have other flags. */
const hasScript = () => String(spawnSync('script', ['--version']).stdout).includes('util-linux');

/** In CI, a test that needs it fails without it, instead of being skipped. */
export const isTerminalMissing = !process.env['CI'] && !hasScript();

export interface OnTerminal {
  /**
   * Waits until this appears on the screen, after what the last answer waited for, and then types. So it doesn't matter in
   * which pieces the output comes, but what an earlier key printed has to be waited for, too, if it looks the same. Returns
   * what matched: a regular expression's first group, if it has one.
   */
  answer: (shown: string | RegExp, keys: string) => Promise<string>;
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
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (screen += chunk));
  const ended = once(child, 'close').then(([exitCode]) => {
    refuseLeaks({ argv, env: surroundings, output: screen });
    return { exitCode: exitCode as number, screen };
  });
  return {
    async answer(shown, keys) {
      const find = () => placeOf(shown, screen.slice(seen));
      while (!find() && !child.stdout.readableEnded) await Promise.race([once(child.stdout, 'data'), ended]);
      const found = find();
      if (!found) throw new Error(`${String(shown)} isn't in ${JSON.stringify(screen.slice(seen))}`);
      seen += found.end;
      child.stdin.write(keys);
      return found.text;
    },
    ended,
  };
}

function placeOf(shown: string | RegExp, screen: string): { text: string; end: number } | undefined {
  if (typeof shown !== 'string') {
    const found = shown.exec(screen);
    return found ? { text: found[1] ?? found[0], end: found.index + found[0].length } : undefined;
  }
  const index = screen.indexOf(shown);
  return index === -1 ? undefined : { text: shown, end: index + shown.length };
}

export const keys = { down: '\u001b[B', enter: '\r', escape: '\u001b', interrupt: '\u0003', space: ' ' };
