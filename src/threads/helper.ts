import { Worker } from 'node:worker_threads';
import type { Environment } from '../ports.js';

/** How to start a helper thread for a long input. */
export interface Help {
  /** A script that calls `serve`. */
  script: URL;
  /** Returns the name and input of the work. Threads share a process, so a secret's key doesn't leave it. */
  task: () => { work: string; task: unknown };
  aimHeapsAt?: Environment['aimHeapsAt'];
}

/** A second thread, which works on pieces. */
export interface Helper<Result> {
  /** Returns undefined if the thread is busy, or has ended. */
  ask: (piece: Uint8Array) => Promise<Result> | undefined;
  end: () => Promise<void>;
}

/** The number of pieces queued in the thread, so that it never waits for the next one. */
const slots = 3;

/** The largest piece, in bytes. */
const slotSize = 1024 * 1024;

/** The number of results after which its heap is large enough for its speed. */
const warm = 8;

/** In MB. The default, 48, is more than the rest of a thread takes, and makes it no faster. */
const youngGeneration = 12;

/**
 * Starts a second thread. If the system refuses it, or if it runs out of memory, `workOn` does its work in this thread:
 * the results are the same.
 */
export function startHelper<Result>(
  { script, task, aimHeapsAt }: Help,
  workOn: (piece: Buffer) => Result | Promise<Result>,
): Helper<Result> {
  const worker = startWorker(script, task());
  if (!worker) return { ask: () => undefined, end: () => Promise.resolve() };
  // Shared bytes are reused: allocating them for each piece would take more memory than everything else.
  const free = Array.from({ length: slots }, () => new Uint8Array(new SharedArrayBuffer(slotSize)));
  const waiting: Waiting<Result>[] = [];
  let hasEnded = false;
  const continueAlone = (): void => {
    hasEnded = true;
    for (const { slot, length, resolve } of waiting.splice(0)) {
      resolve(Promise.resolve(Buffer.from(slot.buffer, 0, length)).then(workOn));
    }
  };
  worker.on('error', continueAlone).on('exit', continueAlone);
  let answers = 0;
  // The new thread's heap is still too small for its work.
  void aimHeapsAt?.('speed');
  // Answers come in the order of the pieces.
  worker.on('message', (answer: string) => {
    answers += 1;
    if (answers === warm) void aimHeapsAt?.('memory');
    const first = waiting.shift();
    if (!first) return;
    free.push(first.slot);
    first.resolve(JSON.parse(answer) as Result);
  });
  return {
    ask(piece) {
      const slot = hasEnded || piece.length > slotSize ? undefined : free.pop();
      if (!slot) return undefined;
      const answer = new Promise<Result>(resolve => {
        waiting.push({ slot, length: piece.length, resolve });
      });
      // It is awaited later, possibly after it has failed.
      answer.catch(() => undefined);
      slot.set(piece);
      worker.postMessage(slot.subarray(0, piece.length));
      return answer;
    },
    async end() {
      // These answers are no longer awaited.
      waiting.length = 0;
      await worker.terminate();
    },
  };
}

/** Returns undefined if the system refuses the thread. */
function startWorker(script: URL, workerData: unknown): Worker | undefined {
  try {
    return new Worker(script, { workerData, resourceLimits: { maxYoungGenerationSizeMb: youngGeneration } });
  } catch {
    return undefined;
  }
}

interface Waiting<Result> {
  slot: Uint8Array<SharedArrayBuffer>;
  /** The length of the piece in the slot. */
  length: number;
  resolve: (result: Promise<Result> | Result) => void;
}
