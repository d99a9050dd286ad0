import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

/** Searches texts for a regular expression in a separate thread, one after the other. */
export interface ExpressionSearch {
  /** Resolves to whether the text matches, or why that is unknown. Never rejects. */
  search: (text: string) => Promise<boolean | SearchFailure>;
  end: () => Promise<void>;
}

/**
 * `too-slow`: it took longer than the deadline. `given-up`: that happened too often before. `no-thread`: it died, or
 * didn't start.
 */
export type SearchFailure = 'too-slow' | 'given-up' | 'no-thread';

type Expression = Pick<RegExp, 'source' | 'flags'>;

interface Limits {
  /** The time limit of a search, in milliseconds. */
  deadline: number;
  /** After this many slow searches, no more are tried, so that a load full of them still ends. */
  mostSlow: number;
}

/** A separate script, so that the thread starts without the rest of the program. */
const script = `
const { parentPort, workerData } = require('node:worker_threads');
const expression = new RegExp(workerData.source, workerData.flags);
parentPort.on('message', text => parentPort.postMessage(expression.test(text)));
`;

/** In MB. Texts and results are small. */
const youngGeneration = 4;

/**
 * A regular expression may take years on somebody else's text, and only ending its thread stops it. The thread starts
 * with the first search.
 */
export function createExpressionSearch(expression: Expression, { deadline, mostSlow }: Limits): ExpressionSearch {
  let thread: Promise<Worker> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let slow = 0;
  const end = async (): Promise<void> => {
    const ended = thread;
    thread = undefined;
    await ended?.then(
      worker => worker.terminate(),
      () => undefined,
    );
  };
  const searchNow = async (text: string): Promise<boolean | SearchFailure> => {
    if (slow >= mostSlow) return 'given-up';
    const result = await (thread ??= startThread(expression)).then(
      worker => ask(worker, text, deadline),
      () => 'no-thread' as const,
    );
    if (result === 'too-slow') slow += 1;
    if (typeof result !== 'boolean') await end();
    return result;
  };
  return {
    search(text) {
      // One at a time: the deadline is for the search, not for the queue before it.
      const result = last.then(() => searchNow(text));
      last = result;
      return result;
    },
    end,
  };
}

async function startThread({ source, flags }: Expression): Promise<Worker> {
  const worker = new Worker(script, {
    eval: true,
    workerData: { source, flags },
    resourceLimits: { maxYoungGenerationSizeMb: youngGeneration },
  });
  await once(worker, 'online');
  // Callers wait for its answer. In between, it doesn't keep the process alive.
  worker.unref();
  return worker.on('error', () => undefined);
}

async function ask(worker: Worker, text: string, deadline: number): Promise<boolean | SearchFailure> {
  const waiting = new AbortController();
  const { signal } = waiting;
  try {
    const answer = once(worker, 'message', { signal }).then(([found]) => found === true);
    const death = once(worker, 'exit', { signal }).then(() => 'no-thread' as const);
    worker.postMessage(text);
    return await Promise.race([answer, death, sleep(deadline, 'too-slow' as const, { signal })]);
  } catch {
    return 'no-thread';
  } finally {
    waiting.abort();
  }
}
