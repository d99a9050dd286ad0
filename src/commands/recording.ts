import path from 'node:path';
import type { CaptureStore, StoreNotice } from '../recording/store.js';
import { UsageError } from '../errors.js';
import type { Ports } from '../contract/command.js';

export interface RecordingFlags {
  /** Where to record; undefined if nothing is recorded. */
  save?: string | undefined;
  fsync?: boolean | undefined;
}

/** Throws LocalError when the file can't be written. */
export async function openRecording(
  { save, fsync = false }: RecordingFlags,
  { environment: { cwd }, reporting: { warn } }: Pick<Ports, 'environment' | 'reporting'>,
): Promise<CaptureStore | undefined> {
  if (save !== undefined) {
    const { openStore } = await import('../recording/store.js');
    return openStore(path.resolve(cwd, save), {
      isSynced: fsync,
      onNotice: notice => {
        warn(noticeWords[notice.reason](notice.path));
      },
    });
  }
  if (fsync) throw new UsageError('--fsync needs --save', { hint: 'add --save <file> to record requests' });
  return undefined;
}

const noticeWords: Record<StoreNotice['reason'], (path: string) => string> = {
  'folder-made': folder => `created the folder ${folder} for the recording`,
  deleted: file => `${file} was deleted during recording; a new recording was started there`,
  replaced: file =>
    `${file} was renamed or replaced during recording; recording continues in a new file with that name`,
};
