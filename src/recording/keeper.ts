import { closeSync, fstatSync, fsyncSync, lstatSync, type Stats, type writevSync } from 'node:fs';
import { LocalError } from '../errors.js';
import { openRecordingFile, readAt } from './recording-file.js';

export interface KeeperOptions {
  isSynced: boolean;
  /** Appends these bytes, and returns how many were written. */
  write: typeof writevSync;
  onNotice?: ((notice: StoreNotice) => void) | undefined;
}

/**
 * `folder-made`: the recording's folder didn't exist. `deleted` and `replaced`: the recording was deleted, or its name
 * now refers to another file or to none, and a new one was opened under its name.
 */
export interface StoreNotice {
  reason: 'folder-made' | 'deleted' | 'replaced';
  /** The folder or the file. */
  path: string;
}

/** Which records of a write reached the file, and why the others didn't. */
export interface Kept {
  isWhole: readonly boolean[];
  flaw: string;
}

const lineBreak = Buffer.from('\n');

/** Holds the open file, and opens a new one when the user has deleted, renamed or replaced it. Throws LocalError. */
export function createKeeper(file: string, { isSynced, write, onNotice }: KeeperOptions) {
  const open = (): number =>
    openRecordingFile(file, {
      isSynced,
      onFolder: folder => onNotice?.({ reason: 'folder-made', path: folder }),
    });
  let descriptor = open();
  let own = fstatSync(descriptor);
  /** Where the last write ended: if the file still ends there, it ends with a whole record. */
  let ownEnd: number | undefined;
  const isInPlace = (): boolean => isSame(lstatSync(file, { throwIfNoEntry: false }), own);
  const reopen = (): void => {
    const reason = fstatSync(descriptor).nlink === 0 ? 'deleted' : 'replaced';
    const next = open();
    closeSync(descriptor);
    descriptor = next;
    [own, ownEnd] = [fstatSync(next), undefined];
    onNotice?.({ reason, path: file });
  };
  const append = (records: readonly Buffer[]): Kept => {
    const before = fstatSync(descriptor);
    const isLineOpen = before.size > 0 && before.size !== ownEnd && !endsLine(descriptor, before.size);
    // After a torn record: a record on the same line would be lost with it.
    const parts = isLineOpen ? [lineBreak, ...records] : records;
    const taken = write(descriptor, parts);
    if (isSynced) fsyncSync(descriptor);
    const end = fstatSync(descriptor).size;
    const kept = keptOf(records, {
      ...{ file, descriptor, start: before.size, end, taken },
      ...{ offset: isLineOpen ? lineBreak.length : 0, isFile: before.isFile() },
    });
    ownEnd = kept.isWhole.at(-1) === true && end - before.size === taken ? end : undefined;
    return kept;
  };
  return {
    close: () => {
      closeSync(descriptor);
    },
    /** Writes again if the file was deleted during the write. */
    keep: (records: readonly Buffer[]): Kept => {
      for (let turn = 0; turn < mostTurns; turn += 1) {
        if (!isInPlace()) reopen();
        const kept = append(records);
        // The content of a renamed file is kept.
        if (isInPlace() || fstatSync(descriptor).nlink > 0) return kept;
      }
      throw new LocalError(`${file} is deleted each time it is written`, {
        hint: 'stop the program that deletes it',
      });
    },
  };
}

const isSame = (found: Stats | undefined, own: Stats): boolean => found?.ino === own.ino && found.dev === own.dev;

/** How many times to try to write a batch to a file that keeps being deleted. */
const mostTurns = 3;

const endsLine = (descriptor: number, size: number): boolean => readAt(descriptor, size - 1, 1)?.[0] === lineBreak[0];

interface Written {
  file: string;
  descriptor: number;
  /** Its size before and after. */
  start: number;
  end: number;
  /** The number of bytes that the system reports as written. */
  taken: number;
  /** The number of bytes before the first record. */
  offset: number;
  isFile: boolean;
}

/**
 * The system may split a write, which Node then continues, so another process may have written in between even if all
 * bytes were written. It hasn't if the file grew by exactly that much; otherwise, the records are searched for.
 */
function keptOf(records: readonly Buffer[], written: Written): Kept {
  const { file, start, end, taken, offset, isFile } = written;
  if (isFile && end - start !== taken) return { isWhole: foundIn(records, written), flaw: `another program changed ${file} while a record was written` }; // prettier-ignore
  let position = offset;
  const isWhole = records.map(({ length }) => (position += length) <= taken);
  return { isWhole, flaw: `only ${taken} of ${position} bytes were written to ${file}` };
}

/** Looks for each record on its own line, among the bytes added meanwhile. */
function foundIn(records: readonly Buffer[], { descriptor, start, end }: Written): boolean[] {
  // The file was truncated, so its end says nothing about the position of the records.
  const from = end < start ? 0 : Math.max(0, start - 1);
  const added = readAt(descriptor, from, end - from);
  if (!added) return records.map(() => false);
  let next = 0;
  return records.map(record => {
    const position = added.indexOf(record, next);
    if (position < 0) return false;
    next = position + record.length;
    return position === 0 ? from === 0 : added[position - 1] === lineBreak[0];
  });
}
