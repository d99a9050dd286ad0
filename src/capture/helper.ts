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
  /** Undefined where it has enough to do. */
  ask: (piece: Uint8Array) => Promise<Result> | undefined;
  /** Rejects if it ended before. */
  end: () => Promise<void>;
}

/** Pieces that it holds, so that it needn't wait for the next one. */
const places = 3;

/** In bytes: the largest piece that it takes. */
const placeSize = 1024 * 1024;

/** In MB: the default, 48, is more than all the rest of a worker, and makes it no faster. */
const youngGeneration = 12;

export function startHelper<Result>({ script, task }: Help): Helper<Result> {
  // Bytes that are shared needn't be made and thrown away, which would take more memory than all the rest.
  const free = Array.from({ length: places }, () => new Uint8Array(new SharedArrayBuffer(placeSize)));
  const worker = new Worker(script, {
    workerData: task,
    resourceLimits: { maxYoungGenerationSizeMb: youngGeneration },
  });
  const waiting: Waiting<Result>[] = [];
  let failure: Error | undefined;
  const fail = (cause: unknown): void => {
    failure ??= new Error('a worker ended before its work', { cause });
    for (const { reject } of waiting.splice(0)) reject(failure);
  };
  worker.on('error', fail).on('exit', fail);
  // They answer in the order in which they were asked.
  worker.on('message', (answer: string) => {
    const first = waiting.shift();
    if (!first) return;
    free.push(first.place);
    first.resolve(JSON.parse(answer) as Result);
  });
  return {
    ask(piece) {
      const place = piece.length > placeSize ? undefined : free.pop();
      if (!place) return undefined;
      const answer = new Promise<Result>((resolve, reject) => {
        if (failure) reject(failure);
        else waiting.push({ place, resolve, reject });
      });
      // It is waited for when its turn comes, which may be after it has failed.
      answer.catch(() => undefined);
      place.set(piece);
      worker.postMessage(place.subarray(0, piece.length));
      return answer;
    },
    async end() {
      if (failure) throw failure;
      await worker.terminate();
    },
  };
}

interface Waiting<Result> {
  place: Uint8Array<SharedArrayBuffer>;
  resolve: (result: Result) => void;
  reject: (reason: unknown) => void;
}
