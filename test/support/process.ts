import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import path from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { refuseLeaks } from './canary.js';
import type { Run } from './cli.js';
import { compiledCode } from './compiled-code.js';
import { temporaryFolder } from './folder.js';

export interface BuiltProcess {
  child: ChildProcess;
  ended: Promise<Run & { signal: NodeJS.Signals | null }>;
}

/** Starts the built command as a separate process, with a separate home. */
export function startBuilt(
  argv: readonly string[],
  { env = {}, node = [] }: { env?: NodeJS.ProcessEnv; node?: string[] } = {},
): BuiltProcess {
  const surroundings = {
    PATH: process.env['PATH'],
    HOME: temporaryFolder(),
    LANG: 'C.UTF-8',
    ...compiledCode(),
    ...env,
  };
  const child = spawn(process.execPath, [...node, path.join(inject('builtPackage'), 'bin/webhook-cli.js'), ...argv], {
    env: surroundings,
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const ended = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]).then(
    ([[code, signal], stdout, stderr]) => {
      refuseLeaks({ argv, env: surroundings, output: stdout + stderr });
      return { exitCode: code as number, signal: signal as NodeJS.Signals | null, stdout, stderr };
    },
  );
  return { child, ended };
}
