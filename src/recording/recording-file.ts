import { closeSync, constants, fstatSync, fsyncSync, mkdirSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { isatty } from 'node:tty';
import { LocalError, systemCode, systemWords } from '../errors.js';

interface Opening {
  /** Whether to sync the file's name to the disk, too. */
  isSynced: boolean;
  /** Called when the folder had to be made. */
  onFolder?: ((folder: string) => void) | undefined;
}

/** Opens or creates a recording for appending, and for reading if permitted. Throws LocalError. */
export function openRecordingFile(file: string, { isSynced, onFolder }: Opening): number {
  const folder = path.dirname(file);
  let made: string | undefined;
  let descriptor: number;
  try {
    made = mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (made !== undefined) onFolder?.(folder);
    descriptor = openToAppend(file);
  } catch (cause) {
    throw localError(file, cause);
  }
  try {
    const refusal = refusalOf(descriptor);
    if (refusal) throw new LocalError(`can't write to ${file}: ${refusal.what}`, { hint: refusal.hint });
    if (isSynced && fstatSync(descriptor).isFile()) syncFolders(folder, made);
  } catch (cause) {
    closeSync(descriptor);
    throw cause instanceof LocalError ? cause : localError(file, cause);
  }
  return descriptor;
}

function openToAppend(file: string): number {
  // Without O_NONBLOCK, opening a FIFO without a reader would block.
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_RDWR, O_WRONLY } = constants;
  const flags = O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK;
  try {
    return openSync(file, O_RDWR | flags, 0o600);
  } catch (cause) {
    if (systemCode(cause) !== 'EACCES') throw cause;
    return openSync(file, O_WRONLY | flags, 0o600);
  }
}

/** After a power loss, a synced file is lost if its folder wasn't synced, so each new entry is. */
function syncFolders(folder: string, made: string | undefined): void {
  const top = made === undefined ? folder : path.dirname(made);
  for (let current = folder; ; current = path.dirname(current)) {
    const descriptor = openSync(current, constants.O_RDONLY);
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (current === top || current === path.dirname(current)) return;
  }
}

/** A recording is continued, and an empty file becomes one. Any other file is left unchanged. */
function refusalOf(descriptor: number): { what: string; hint: string } | undefined {
  if (!canKeep(descriptor)) return { what: "it isn't a file", hint: notKept };
  const { size } = fstatSync(descriptor);
  const beginning = size === 0 ? undefined : readAt(descriptor, 0, Math.min(size, 256))?.toString('latin1').trimStart();
  if (beginning === undefined || beginning.startsWith(mark) || mark.startsWith(beginning)) return undefined;
  return { what: "it isn't a recording", hint: 'use another file: this one was left unchanged' };
}

/** How the first record begins. */
const mark = '{"v":';

/** Reads a part of a recording. Returns undefined if it can't be read: appending only needs permission to write. */
export function readAt(descriptor: number, start: number, length: number): Buffer | undefined {
  const bytes = Buffer.allocUnsafe(length);
  let end = 0;
  try {
    while (end < length) {
      const count = readSync(descriptor, bytes, end, length - end, start + end);
      if (count === 0) break;
      end += count;
    }
  } catch {
    return undefined;
  }
  return bytes.subarray(0, end);
}

/**
 * Refuses pipes, which may take part of a record, terminals, which would act on it, and block devices, where it would
 * overwrite data. /dev/null and /dev/full are fine: they take or refuse whole records, and nobody expects them to keep
 * any.
 */
function canKeep(descriptor: number): boolean {
  const stats = fstatSync(descriptor);
  return stats.isFile() || (stats.isCharacterDevice() && !isatty(descriptor));
}

const notKept = 'a recording must be a regular file, not a pipe, a socket or a terminal';

export const localError = (file: string, cause: unknown): LocalError =>
  new LocalError(`can't write to ${file}: ${systemWords(cause)}`, {
    cause,
    hint: hints[systemCode(cause)] ?? 'use a file in another folder',
  });

const hints: Record<string, string> = {
  ELOOP: 'a recording is never written through a link',
  EISDIR: 'use a file in it',
  EACCES: 'use a file in one of your own folders',
  ENOSPC: 'free some space, or use a file in another folder',
  // EEXIST comes from creating the folder, ENOTDIR from a path that goes through a file.
  EEXIST: 'its folder is a file',
  ENOTDIR: 'its folder is a file',
  // For a socket.
  ENXIO: notKept,
};
