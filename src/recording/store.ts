import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  writevSync,
} from 'node:fs';
import path from 'node:path';
import { isatty } from 'node:tty';
import { LocalError, systemCode, systemWords } from '../errors.js';
import { encodeRecord, type RecordFacts } from './record.js';

/** A recording that is being written. */
export interface CaptureStore {
  /** Resolves when the system has the whole record. Rejects with LocalError if it doesn't: then the record isn't written. */
  append: (facts: RecordFacts) => Promise<void>;
  /** Writes what is waiting. Throws LocalError: some file systems report only now that they have no space. */
  close: () => void;
}

export interface StoreOptions {
  /** Whether `append` waits until the record is on the disk. */
  isSynced: boolean;
  /** Default: the system's. Tests pass one that fails. */
  write?: typeof writevSync;
  /** Called for what the user should know, though nothing has failed. */
  onNotice?: ((notice: StoreNotice) => void) | undefined;
}

/**
 * `folder-made`: the recording's folder didn't exist. `deleted` and `replaced`: the recording was deleted, or its name has gone to
 * another file or to none, and a new one was opened under its name.
 */
export interface StoreNotice {
  reason: 'folder-made' | 'deleted' | 'replaced';
  /** The folder or the file. */
  path: string;
}

/** Opens or creates a recording that only its owner can read. Throws LocalError. */
// eslint-disable-next-line @typescript-eslint/require-await -- what it throws is a rejection, as its callers expect
export async function openStore(
  file: string,
  { isSynced, write = writevSync, onNotice }: StoreOptions,
): Promise<CaptureStore> {
  const keeper = createKeeper(file, onNotice);
  // Measured on Linux: what a write has taken survives the end of this process, and what a stream holds doesn't.
  const batch = createBatch(
    records =>
      keeper.keep(descriptor => {
        const written = write(descriptor, records);
        if (isSynced) fsyncSync(descriptor);
        return written;
      }),
    file,
  );
  return {
    append: facts => batch.add(encodeRecord(facts)),
    close: () => {
      batch.flush();
      try {
        closeSync(keeper.descriptor());
      } catch (cause) {
        throw localError(file, cause);
      }
    },
  };
}

/** Holds the open file, and opens a new one when the user has deleted, renamed or replaced it. */
function createKeeper(file: string, onNotice: StoreOptions['onNotice']) {
  let descriptor = open(file, onNotice);
  let own = fstatSync(descriptor);
  const isInPlace = (): boolean => {
    const found = lstatSync(file, { throwIfNoEntry: false });
    return found?.ino === own.ino && found.dev === own.dev;
  };
  const isDeleted = (): boolean => fstatSync(descriptor).nlink === 0;
  const reopen = (): void => {
    const reason = isDeleted() ? 'deleted' : 'replaced';
    const next = open(file, onNotice);
    closeSync(descriptor);
    descriptor = next;
    own = fstatSync(next);
    onNotice?.({ reason, path: file });
  };
  return {
    descriptor: () => descriptor,
    /** Calls `write` again if the file was deleted before the write was over. */
    keep: (write: (descriptor: number) => number): number => {
      for (let turn = 0; turn < mostTurns; turn += 1) {
        if (!isInPlace()) reopen();
        const written = write(descriptor);
        // What is in a file that was only renamed is kept.
        if (isInPlace() || !isDeleted()) return written;
      }
      throw new LocalError(`${file} is deleted each time that it is written`, {
        hint: 'stop the program that deletes it',
      });
    },
  };
}

/** How often a batch is written, at most, to a file that keeps being deleted. */
const mostTurns = 3;

interface Waiting {
  bytes: Buffer;
  written: () => void;
  lost: (error: LocalError) => void;
}

/** In bytes, and in records: the system takes at most 1024 buffers at a time. */
const largestBatch = { length: 1024 ** 2, records: 512 };

/**
 * Collects the records of one turn of the event loop for one write: writing one record costs as much as verifying it, and
 * with fsync far more. A write is never split, so records don't mix with those of another process.
 */
function createBatch(write: (records: readonly Buffer[]) => number, file: string) {
  let waiting: Waiting[] = [];
  let length = 0;
  const flush = (): void => {
    const batch = waiting;
    [waiting, length] = [[], 0];
    if (batch.length === 0) return;
    const result = attempt(() => write(batch.map(({ bytes }) => bytes)), file);
    settle(batch, result, file);
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

function attempt(write: () => number, file: string): number | LocalError {
  try {
    return write();
  } catch (cause) {
    return cause instanceof LocalError ? cause : localError(file, cause);
  }
}

/** A record that a short write has cut is lost, not completed: another process may have written in between. */
function settle(batch: readonly Waiting[], result: number | LocalError, file: string): void {
  const all = batch.reduce((sum, { bytes }) => sum + bytes.length, 0);
  let end = 0;
  for (const { bytes, written, lost } of batch) {
    end += bytes.length;
    if (result instanceof LocalError) lost(result);
    else if (end <= result) written();
    else lost(new LocalError(`${file} took only ${result} of ${all} bytes`));
  }
}

function open(file: string, onNotice: StoreOptions['onNotice']): number {
  // Without O_NONBLOCK, a FIFO that nobody reads would be waited for.
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_WRONLY } = constants;
  let descriptor: number;
  try {
    const made = mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    if (made !== undefined) onNotice?.({ reason: 'folder-made', path: path.dirname(file) });
    descriptor = openSync(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600);
  } catch (cause) {
    throw localError(file, cause);
  }
  const refusal = canKeep(descriptor) ? refusalOf(descriptor, file) : { what: "it isn't a file", hint: notKept };
  if (!refusal) return descriptor;
  closeSync(descriptor);
  throw new LocalError(`can't write to ${file}: ${refusal.what}`, { hint: refusal.hint });
}

/** A recording is continued, and an empty file becomes one. Any other file is left as it is. */
function refusalOf(descriptor: number, file: string): { what: string; hint: string } | undefined {
  if (fstatSync(descriptor).size === 0) return undefined;
  const beginning = beginningOf(file)?.trimStart();
  if (beginning === undefined || beginning.startsWith(mark) || mark.startsWith(beginning)) return undefined;
  return { what: 'it holds something else than a recording', hint: 'name another file: this one is left as it is' };
}

/** How the first record begins. */
const mark = '{"v":';

/** Returns undefined for a file that can't be read: permission to write is enough to add to it. */
function beginningOf(file: string): string | undefined {
  try {
    const descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const bytes = Buffer.alloc(256);
      return bytes.toString('latin1', 0, readSync(descriptor, bytes));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}

/**
 * Refuses pipes, which may take a part of a record, terminals, which would act on it, and block devices, where it would
 * overwrite data. /dev/null and /dev/full are fine: they take or refuse whole records, and nobody expects them to keep any.
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
  // EEXIST comes from creating the folder, ENOTDIR from a path that goes through a file.
  EEXIST: 'what should be its folder is a file',
  ENOTDIR: 'what should be its folder is a file',
  // For a pipe that nobody reads, and for any socket.
  ENXIO: notKept,
};
