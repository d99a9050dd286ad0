import { parentPort, workerData } from 'node:worker_threads';

/** Work that a second thread can do. */
export interface Work {
  /** The result travels as JSON, which is faster than a structured clone. */
  workOn: (piece: Buffer, task: never) => unknown;
}

/** Loads the code of the work, which may depend on its input. */
export type LoadWork = (task: never) => Promise<Work>;

/** Does the one of `works` that this thread was started for. */
export async function serve(works: Readonly<Record<string, LoadWork>>): Promise<void> {
  const { work, task } = workerData as { work: string; task: never };
  const found = await works[work]?.(task);
  if (!found) throw new Error(`there is no work called ${work}`);
  parentPort?.on('message', ({ buffer, byteOffset, length }: Uint8Array) => {
    parentPort?.postMessage(JSON.stringify(found.workOn(Buffer.from(buffer, byteOffset, length), task)));
  });
}
