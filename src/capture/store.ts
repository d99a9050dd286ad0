import { closeSync, constants, fsyncSync, openSync, writeSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { LocalError, systemCode } from '../errors.js';
import { encodeRecord, type RecordFacts } from './record.js';

/** A recording that is being written. */
export interface CaptureStore {
  /** Returns when the record is in the hands of the system, whole. Throws LocalError, and then it doesn't count as written. */
  append: (facts: RecordFacts) => void;
  close: () => void;
}

export interface StoreOptions {
  /** Whether a record has to be on the disk, not only on its way there. */
  isSynced: boolean;
  /** The system's own, unless a test wants to see it fail. */
  write?: typeof writeSync;
}

/** Opens or makes a recording, for its owner alone. Throws LocalError. */
export async function openStore(file: string, { isSynced, write = writeSync }: StoreOptions): Promise<CaptureStore> {
  const descriptor = await open(file);
  return {
    append(facts) {
      // One write: two processes that share a file never mix their records. Measured on Linux: what a finished write has
      // taken survives the end of this process, what a stream holds doesn't.
      const bytes = encodeRecord(facts);
      try {
        const written = write(descriptor, bytes);
        // A short write is never completed by a second one: another process may have written in between.
        if (written !== bytes.length) throw new LocalError(`${file} took only ${written} of ${bytes.length} bytes`);
        if (isSynced) fsyncSync(descriptor);
      } catch (cause) {
        throw cause instanceof LocalError ? cause : localError(file, cause);
      }
    },
    close: () => {
      closeSync(descriptor);
    },
  };
}

async function open(file: string): Promise<number> {
  // Without O_NONBLOCK, a FIFO that nobody reads would be waited for.
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_WRONLY } = constants;
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    return openSync(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600);
  } catch (cause) {
    throw localError(file, cause);
  }
}

const localError = (file: string, cause: unknown): LocalError =>
  new LocalError(`can't write to ${file} (${systemCode(cause)})`, {
    cause,
    hint:
      systemCode(cause) === 'ELOOP'
        ? 'a recording is never written through a link'
        : 'is there space, and are you allowed to?',
  });
