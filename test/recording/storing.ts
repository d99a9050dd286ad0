import { statSync, writevSync, writeSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { entriesOf } from '../support/recording.js';
import { type RecordFacts } from '../../src/recording/record.js';
import { openStore, type StoreOptions } from '../../src/recording/store.js';
import { LocalError } from '../../src/errors.js';
import { temporaryFolder } from '../support/folder.js';

export const factsOf = (body: string): RecordFacts => ({
  ...{ kind: 'request', id: body, seq: 1, receivedAt: '2026-01-01T00:00:00.000Z', headers: [] },
  ...{ body: Buffer.from(body), complete: true },
});

/** The body of each record, or its flaw. */
export async function told(file: string): Promise<string[]> {
  const all: string[] = [];
  for await (const entry of entriesOf(file)) {
    all.push(entry.kind === 'request' ? Buffer.from(entry.request.body).toString() : entry.kind);
  }
  return all;
}

export const modeOf = (name: string): string => (statSync(name).mode & 0o777).toString(8);
export const newFile = (): string => path.join(temporaryFolder(), 'captured.ndjson');

export async function recordAll(file: string, bodies: readonly string[], options: Partial<StoreOptions> = {}) {
  const store = await openStore(file, { isSynced: false, ...options });
  const isWritten: boolean[] = [];
  for (const body of bodies) isWritten.push(await isTaken(store.append(factsOf(body))));
  store.close();
  return isWritten;
}

export const isTaken = (appended: Promise<void>): Promise<boolean> =>
  appended.then(
    () => true,
    (error: unknown) => {
      expect(error).toBeInstanceOf(LocalError);
      return false;
    },
  );

export type Write = NonNullable<StoreOptions['write']>;

/** The system's own write, except for calls where `isFailing`: these write `taken` bytes, or throw if it's undefined. */
export function failing(isFailing: (call: number) => boolean, taken: number | undefined): Write {
  let call = 0;
  return (descriptor, records) => {
    call += 1;
    if (!isFailing(call)) return writevSync(descriptor, records);
    if (taken === undefined) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    return writeSync(descriptor, Buffer.concat(records as Buffer[]), 0, taken);
  };
}
