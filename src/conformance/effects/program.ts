import { execFile, spawn, type ExecFileException } from 'node:child_process';
import { once } from 'node:events';
import type { Environment } from '../../ports.js';
import { systemCode } from '../../errors.js';

/** How to run one of the user's programs. */
export interface Program {
  command: string;
  cwd: string;
  env: Environment['env'];
  /** Milliseconds. */
  timeout: number;
}

/** Why a program failed. */
export type ProgramFailure =
  | { kind: 'not-started'; cause: unknown }
  /** `words`: its error output, unchecked. */
  | { kind: 'exit'; code: number | NodeJS.Signals; words: string }
  | { kind: 'timeout'; milliseconds: number }
  | { kind: 'too-long'; bytes: number };

/** In bytes. The state of one customer takes less. */
export const longestOutput = 1024 * 1024;

/** Runs a program and returns its standard output. Rejects with the signal's reason once it is aborted. */
export function outputOf(
  program: Program,
  signal: AbortSignal,
): Promise<{ output: string } | { failure: ProgramFailure }> {
  signal.throwIfAborted();
  const { timeout, cwd, env } = program;
  const { file, args, shell } = wordsOf(program.command);
  const limits = { timeout, maxBuffer: longestOutput, killSignal: 'SIGKILL' } as const;
  return new Promise((resolve, reject) => {
    const child = execFile(file, args, { ...limits, cwd, env, shell, signal }, (error, output, words) => {
      if (signal.aborted) reject(signal.reason as Error);
      else if (error) resolve({ failure: failureOf(error, { words: words || output, timeout }) });
      else resolve({ output });
    });
    // A program that reads its input would wait forever.
    child.stdin?.on('error', () => undefined).end();
  });
}

function failureOf(error: ExecFileException, { words, timeout }: { words: string; timeout: number }): ProgramFailure {
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return { kind: 'too-long', bytes: longestOutput };
  if (error.killed) return { kind: 'timeout', milliseconds: timeout };
  if (typeof error.code === 'number') return { kind: 'exit', code: error.code, words };
  return error.signal ? { kind: 'exit', code: error.signal, words } : { kind: 'not-started', cause: error };
}

/**
 * Runs a program that starts another in the background, and returns why it failed, if it did. Its output isn't read:
 * the background program would write to a pipe without a reader. For the same reason, it survives an interruption of
 * this process.
 */
export async function completionOf(program: Program, signal: AbortSignal): Promise<ProgramFailure | undefined> {
  signal.throwIfAborted();
  const { timeout, cwd, env } = program;
  const { file, args, shell } = wordsOf(program.command);
  const child = spawn(file, args, {
    ...{ cwd, env, shell, signal, timeout },
    killSignal: 'SIGKILL',
    stdio: 'ignore',
    detached: true,
  });
  try {
    const [code, killer] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    if (code === 0) return undefined;
    if (child.killed) return { kind: 'timeout', milliseconds: timeout };
    return { kind: 'exit', code: code ?? killer ?? 'SIGKILL', words: '' };
  } catch (cause) {
    signal.throwIfAborted();
    if (systemCode(cause) === '') throw cause;
    return { kind: 'not-started', cause };
  }
}

/** A command without quotes, variables and such needs no shell. */
function wordsOf(command: string): { file: string; args: string[]; shell: boolean } {
  if (/[^\w@%+=:,./ \t-]|^\s*\w+=/.test(command)) return { file: command, args: [], shell: true };
  const [file = '', ...args] = command.trim().split(/\s+/);
  return { file, args, shell: false };
}
