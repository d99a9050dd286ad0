import path from 'node:path';
import { openStore, type CaptureStore } from '../recording/store.js';
import { UsageError } from '../errors.js';
import type { Ports } from '../contract/command.js';

export interface RecordingFlags {
  /** Where to record; undefined: nowhere. */
  save?: string | undefined;
  fsync?: boolean | undefined;
}

/** Throws LocalError when the file can't be written. */
export async function openRecording(
  { save, fsync = false }: RecordingFlags,
  { environment: { cwd } }: Pick<Ports, 'environment'>,
): Promise<CaptureStore | undefined> {
  if (save !== undefined) return openStore(path.resolve(cwd, save), { isSynced: fsync });
  if (fsync) throw new UsageError('--fsync needs --save', { hint: 'without it, nothing is recorded' });
  return undefined;
}
