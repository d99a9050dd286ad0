import { closeSync, constants, fstatSync, fsyncSync, openSync, readSync, writevSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
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
}

/** Opens or creates a recording that only its owner can read. Throws LocalError. */
export async function openStore(file: string, { isSynced, write = writevSync }: StoreOptions): Promise<CaptureStore> {
  const descriptor = await open(file);
  // Measured on Linux: what a write has taken survives the end of this process, and what a stream holds doesn't.
  const batch = createBatch(records => {
    const written = write(descriptor, records);
    if (isSynced) fsyncSync(descriptor);
    return written;
  }, file);
  return {
    append: facts => batch.add(encodeRecord(facts)),
    close: () => {
      batch.flush();
      try {
        closeSync(descriptor);
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
    return localError(file, cause);
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
