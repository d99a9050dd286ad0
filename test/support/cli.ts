import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { inject } from 'vitest';
import type { Host, StopSignal } from '../../src/cli/host.js';
import { refuseLeaks } from './canary.js';
import { runCli } from '../../src/cli/run-cli.js';

export const root = path.resolve(import.meta.dirname, '../..');

/** The package folder as built for this run, or the source folder if the run builds nothing. */
export const packageRoot = (): URL => pathToFileURL(`${(inject('builtPackage') as string | undefined) ?? root}/`);

export interface Run {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs the CLI in this process, with a host that belongs to the test. */
export const webhookCli = async (argv: readonly string[], overrides: Partial<Host> = {}): Promise<Run> =>
  startCli(argv, overrides).ended;

export interface Running {
  ended: Promise<Run>;
  /** Standard output, as it arrives. */
  stdout: PassThrough;
  stop: (signal?: StopSignal) => void;
}

export function startCli(argv: readonly string[], overrides: Partial<Host> = {}): Running {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const output = Promise.all([text(stdout), text(stderr)]);
  let stop: Running['stop'] = () => undefined;
  const host: Host = {
    ...{ stdin: new PassThrough().end(), stdout, stderr, env: {}, cwd: root, homeDirectory: '/dev/null' },
    ...{ isStdinTerminal: false, userId: process.getuid?.() },
    ...{
      packageRoot: packageRoot(),
      version: '0.0.0',
      workerScript: undefined,
      now: () => new Date('2026-01-01T00:00:00Z'),
      randomBytes,
    },
    onInterrupt: handler => {
      stop = (signal = 'SIGINT') => {
        handler(signal);
      };
    },
    ...overrides,
  };
  const ended = (async () => {
    const exitCode = await runCli(argv, host);
    stdout.end();
    stderr.end();
    const [out, err] = await output;
    refuseLeaks({ argv, env: { ...host.env, HOME: host.homeDirectory }, output: out + err });
    return { exitCode, stdout: out, stderr: err };
  })();
  return {
    ended,
    stdout,
    stop: signal => {
      stop(signal);
    },
  };
}

/** The objects that `--json` printed. */
export const reportsIn = (output: string): Record<string, unknown>[] =>
  output
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as Record<string, unknown>);
