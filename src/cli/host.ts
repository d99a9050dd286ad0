import { availableParallelism, homedir } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { isatty } from 'node:tty';
import type { Clock, Environment } from '../ports.js';
import type { Jobs } from './jobs.js';

export type Stream = Writable & { isTTY?: boolean; columns?: number };

/** The process as the program sees it. Tests pass their own. */
export interface Host
  extends Clock, Omit<Environment, 'configFlags' | 'openStdin' | 'readStdin' | 'signal' | 'untilStopped'> {
  stdin: Readable & { setRawMode?: (isRaw: boolean) => unknown };
  isStdinTerminal: boolean;
  stdout: Stream;
  stderr: Stream;
  /** The first signal asks the program to finish; a second one ends it at once. */
  onInterrupt: (stop: (signal: StopSignal) => void) => void;
  /** Undefined if no shell started it. */
  jobs?: () => Promise<Jobs>;
}

export type StopSignal = keyof typeof stopSignals;

/** The numbers of the signals that ask the program to stop. */
const stopSignals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

export const systemHost = (
  process: NodeJS.Process,
  { packageRoot, version }: Pick<Host, 'packageRoot' | 'version'>,
): Host => ({
  // Opening standard input has side effects, so it waits for a reader.
  get stdin() {
    return process.stdin;
  },
  get isStdinTerminal() {
    return isatty(0);
  },
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  // Either may be missing, which doesn't matter until a file is needed.
  cwd: orElse(() => process.cwd(), process.env['PWD'] ?? '/'),
  homeDirectory: orElse(homedir, ''),
  userId: process.geteuid?.(),
  packageRoot,
  version,
  get workerScript() {
    return availableParallelism() > 1 ? new URL('bin/worker.js', packageRoot) : undefined;
  },
  aimHeapsAt: async aim => {
    (await import('./heaps.js')).aimHeapsAt(aim);
  },
  jobs: async () => (await import('./jobs.js')).systemJobs(process),
  now: () => new Date(),
  randomBytes: createRandomBytes(),
  onInterrupt: stop => {
    for (const signal of Object.keys(stopSignals) as StopSignal[]) {
      process.once(signal, () => {
        stop(signal);
        // The system ends a process at the second signal, except a container's first process, which has to end itself.
        if (process.pid === 1) process.once(signal, () => process.exit(128 + stopSignals[signal]));
      });
    }
  },
});

/** In bytes. A system call takes as long as signing a request, however few bytes it returns. */
const bytesAtOnce = 4096;

function createRandomBytes(): Host['randomBytes'] {
  let left = new Uint8Array(0);
  return size => {
    // The global loads its module on first use; importing node:crypto would slow down every start.
    if (left.length < size) left = crypto.getRandomValues(new Uint8Array(Math.max(size, bytesAtOnce)));
    const taken = left.slice(0, size);
    left = left.subarray(size);
    return taken;
  };
}

function orElse(find: () => string, substitute: string): string {
  try {
    return find();
  } catch {
    return substitute;
  }
}
