import { closeSync, constants, fstatSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { isatty } from 'node:tty';
import { LocalError, systemCode, systemWords } from '../errors.js';
import { encodeRecord, type RecordFacts } from './record.js';

/** A recording that is being written. */
export interface CaptureStore {
  /** Returns when the record is in the hands of the system, whole. Throws LocalError, and then it doesn't count as written. */
  append: (facts: RecordFacts) => void;
  /** Throws LocalError: some file systems tell only now that they have no space. */
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
      try {
        closeSync(descriptor);
      } catch (cause) {
        throw localError(file, cause);
      }
    },
  };
}

async function open(file: string): Promise<number> {
  // Without O_NONBLOCK, a FIFO that nobody reads would be waited for.
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_WRONLY } = constants;
  let descriptor: number;
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    descriptor = openSync(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600);
  } catch (cause) {
    throw localError(file, cause);
  }
  if (canKeep(descriptor)) return descriptor;
  closeSync(descriptor);
  throw new LocalError(`can't write to ${file}: it isn't a file`, { hint: notKept });
}

/**
 * A pipe takes parts of a record, a terminal acts on it, and on a block device it overwrites what is there. Devices like
 * /dev/null and /dev/full take or refuse each record as a whole, and nobody mistakes them for a place that keeps it.
 */
function canKeep(descriptor: number): boolean {
  const stats = fstatSync(descriptor);
  return stats.isFile() || (stats.isCharacterDevice() && !isatty(descriptor));
}

const notKept = 'a recording has to be a file: a pipe, a socket or a terminal keeps nothing';

const localError = (file: string, cause: unknown): LocalError =>
  new LocalError(`can't write to ${file}: ${systemWords(cause)}`, {
    cause,
    hint: hints[systemCode(cause)] ?? 'name a file elsewhere',
  });

const hints: Record<string, string> = {
  ELOOP: 'a recording is never written through a link',
  EISDIR: 'name a file in it',
  EACCES: 'name a file in a folder of your own',
  ENOSPC: 'make room there, or name a file elsewhere',
  // From making the folder, and from passing through one that is there.
  EEXIST: 'what should be its folder is a file',
  ENOTDIR: 'what should be its folder is a file',
  // The system's answer where nobody reads a pipe, and to every socket.
  ENXIO: notKept,
};
