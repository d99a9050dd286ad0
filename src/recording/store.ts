import { writevSync } from 'node:fs';
import { LocalError } from '../errors.js';
import { createKeeper, type Kept, type StoreNotice } from './keeper.js';
import { encodeRecord, type RecordFacts } from './record.js';
import { localError } from './recording-file.js';

export type { StoreNotice } from './keeper.js';

/** A recording to write to. */
export interface CaptureStore {
  /** Resolves when the system has the whole record. Rejects with LocalError if the record wasn't written. */
  append: (facts: RecordFacts) => Promise<void>;
  /** Flushes pending records. Throws LocalError: some file systems report a lack of space only now. */
  close: () => void;
}

export interface StoreOptions {
  /** Whether `append` waits until the record is on the disk. */
  isSynced: boolean;
  /** Default: the system's. Tests pass one that fails. */
  write?: typeof writevSync;
  /** Called for events the user should know about, though nothing failed. */
  onNotice?: ((notice: StoreNotice) => void) | undefined;
}

/** Opens or creates a recording that only its owner can read. Throws LocalError. */
// eslint-disable-next-line @typescript-eslint/require-await -- what it throws is a rejection, as its callers expect
export async function openStore(
  file: string,
  { isSynced, write = writevSync, onNotice }: StoreOptions,
): Promise<CaptureStore> {
  const keeper = createKeeper(file, { isSynced, write, onNotice });
  // Measured on Linux: completed writes survive the end of this process; data buffered in a stream doesn't.
  const batch = createBatch(keeper.keep, file);
  return {
    append: facts => batch.add(encodeRecord(facts)),
    close: () => {
      batch.flush();
      try {
        keeper.close();
      } catch (cause) {
        throw localError(file, cause);
      }
    },
  };
}

interface Waiting {
  bytes: Buffer;
  written: () => void;
  lost: (error: LocalError) => void;
}

/** In bytes, and in records: the system takes at most 1024 buffers at a time. */
const largestBatch = { length: 1024 ** 2, records: 512 };

/**
 * Batches the records of one turn of the event loop into one write: a write costs as much as verifying a request, and
 * with fsync far more.
 */
function createBatch(keep: (records: readonly Buffer[]) => Kept, file: string) {
  let waiting: Waiting[] = [];
  let length = 0;
  const flush = (): void => {
    const batch = waiting;
    [waiting, length] = [[], 0];
    if (batch.length === 0) return;
    let kept: Kept;
    try {
      kept = keep(batch.map(({ bytes }) => bytes));
    } catch (cause) {
      const error = cause instanceof LocalError ? cause : localError(file, cause);
      for (const { lost } of batch) lost(error);
      return;
    }
    settle(batch, kept);
  };
  return {
    flush,
    add: (bytes: Buffer): Promise<void> =>
      new Promise((written, lost) => {
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({ bytes, written, lost });
        length += bytes.length;
        if (length >= largestBatch.length || waiting.length >= largestBatch.records) flush();
      }),
  };
}

/** A partially written record is lost, not completed: another process may have written in between. */
function settle(batch: readonly Waiting[], { isWhole, flaw }: Kept): void {
  batch.forEach(({ written, lost }, index) => {
    if (isWhole[index] === true) written();
    else lost(new LocalError(flaw));
  });
}
