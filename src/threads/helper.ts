import { Worker } from 'node:worker_threads';

/** Who helps with a long input. */
export interface Help {
  /** Calls `serve`. */
  script: URL;
  /** Which of its works is wanted, and what it has to know. A secret's key stays in this process. */
  task: { work: string; task: unknown };
}

/** A thread of its own, which makes something of pieces. */
export interface Helper<Result> {
  /** Undefined where it has enough to do, or is no more. */
  ask: (piece: Uint8Array) => Promise<Result> | undefined;
  end: () => Promise<void>;
}

/** Pieces that it holds, so that it needn't wait for the next one. */
const places = 3;

/** In bytes: the largest piece that it takes. */
const placeSize = 1024 * 1024;

/** In MB: the default, 48, is more than all the rest of a worker, and makes it no faster. */
const youngGeneration = 12;

/**
 * What it can't do, `workOn` does in this thread: it may be refused by the system, or run out of memory, which is nothing
 * that anybody has to know, since what comes of it is the same.
 */
export function startHelper<Result>({ script, task }: Help, workOn: (piece: Buffer) => Result): Helper<Result> {
  const worker = startWorker(script, task);
  if (!worker) return { ask: () => undefined, end: () => Promise.resolve() };
  // Bytes that are shared needn't be made and thrown away, which would take more memory than all the rest.
  const free = Array.from({ length: places }, () => new Uint8Array(new SharedArrayBuffer(placeSize)));
  const waiting: Waiting<Result>[] = [];
  let isGone = false;
  const goOnAlone = (): void => {
    isGone = true;
    for (const { place, length, resolve } of waiting.splice(0)) {
      resolve(Promise.resolve(Buffer.from(place.buffer, 0, length)).then(workOn));
    }
  };
  worker.on('error', goOnAlone).on('exit', goOnAlone);
  // They answer in the order in which they were asked.
  worker.on('message', (answer: string) => {
    const first = waiting.shift();
    if (!first) return;
    free.push(first.place);
    first.resolve(JSON.parse(answer) as Result);
  });
  return {
    ask(piece) {
      const place = isGone || piece.length > placeSize ? undefined : free.pop();
      if (!place) return undefined;
      const answer = new Promise<Result>(resolve => {
        waiting.push({ place, length: piece.length, resolve });
      });
      // It is waited for when its turn comes, which may be after it has failed.
      answer.catch(() => undefined);
      place.set(piece);
      worker.postMessage(place.subarray(0, piece.length));
      return answer;
    },
    async end() {
      // Nobody wants it any more.
      waiting.length = 0;
      await worker.terminate();
    },
  };
}

/** Nothing where the process mayn't start one. */
function startWorker(script: URL, workerData: unknown): Worker | undefined {
  try {
    return new Worker(script, { workerData, resourceLimits: { maxYoungGenerationSizeMb: youngGeneration } });
  } catch {
    return undefined;
  }
}

interface Waiting<Result> {
  place: Uint8Array<SharedArrayBuffer>;
  /** Of the piece that is there. */
  length: number;
  resolve: (result: Promise<Result> | Result) => void;
}
