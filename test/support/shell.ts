import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { inject, onTestFinished } from 'vitest';
import { refuseLeaks } from './canary.js';
import { root } from './cli.js';
import { compiledCode } from './compiled-code.js';
import { temporaryFolder } from './folder.js';

export interface ShellCommand {
  child: ChildProcessByStdio<null, Readable, null>;
  /** Both outputs together, as a terminal shows them. */
  ended: Promise<{ output: string; exitCode: number }>;
}

/** A user's shell in an empty home, with the built command and the repository's `fixtures`. */
export function createShell(): (command: string, env?: NodeJS.ProcessEnv) => ShellCommand {
  const home = temporaryFolder();
  mkdirSync(path.join(home, 'bin'));
  symlinkSync(path.join(inject('builtPackage'), 'bin/webhook-cli.js'), path.join(home, 'bin/webhook-cli'));
  symlinkSync(path.join(root, 'fixtures'), path.join(home, 'fixtures'));
  const usual = {
    PATH: `${home}/bin:${process.env['PATH'] ?? ''}`,
    HOME: home,
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    ...compiledCode(),
  };
  return (command, env = {}) => {
    const child = spawn('bash', ['-c', `exec 2>&1; ${command}`], {
      cwd: home,
      env: { ...usual, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    const ended = Promise.all([text(child.stdout), once(child, 'exit')]).then(([output, [exitCode]]) => {
      refuseLeaks({ argv: command.split(' '), env: { ...usual, ...env }, output });
      return { output, exitCode: exitCode as number };
    });
    return { child, ended };
  };
}
