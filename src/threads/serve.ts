import { parentPort, workerData } from 'node:worker_threads';

/** A kind of work that a worker may be started for. */
export interface Work {
  /** What it makes of a piece has to survive JSON, which is faster than cloning. */
  workOn: (piece: Buffer, task: never) => unknown;
}

/** Makes a worker of this thread, for the one of `works` that it was started for. */
export async function serve(works: Readonly<Record<string, () => Promise<Work>>>): Promise<void> {
  const { work, task } = workerData as { work: string; task: never };
  const found = await works[work]?.();
  if (!found) throw new Error(`there is no work called ${work}`);
  parentPort?.on('message', ({ buffer, byteOffset, length }: Uint8Array) => {
    parentPort?.postMessage(JSON.stringify(found.workOn(Buffer.from(buffer, byteOffset, length), task)));
  });
}
