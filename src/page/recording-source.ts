import { open } from 'node:fs/promises';
import type { CapturedRequest } from '../recording/captured-request.js';
import { createRecordingIndex } from './recording-index.js';
import type { PageSource } from './source.js';

/**
 * Shows a recording that is a file. It is read once to know where everything is, which begins at once; then, only what is asked
 * for is read. Fails with the system's errors.
 */
export async function openRecordingSource(file: string): Promise<PageSource> {
  const handle = await open(file, 'r');
  const index = createRecordingIndex(handle, { start: 0, numberOf: (_, count) => count + 1 });
  const indexed = index.extend();
  // Whoever asks hears of it.
  indexed.catch(() => undefined);
  return {
    async total() {
      await indexed;
      return index.highest();
    },
    async *backwards(before) {
      await indexed;
      for (const positions of index.batches(before)) yield await index.read(positions);
    },
    async find(position) {
      await indexed;
      return (await index.read([position]))[0];
    },
    close: () => indexed.catch(() => undefined).then(() => handle.close()),
  };
}

/** Shows requests that are in memory: other formats than the recording can't be read in parts. */
export function createListSource(requests: readonly CapturedRequest[]): PageSource {
  const all = requests.map((request, index) => ({ request, position: index + 1 }));
  return {
    total: () => Promise.resolve(all.length),
    // eslint-disable-next-line @typescript-eslint/require-await -- nothing has to be waited for
    async *backwards(before) {
      yield all.slice(0, Math.max(0, before - 1)).toReversed();
    },
    find: position => Promise.resolve(all[position - 1]),
    close: () => Promise.resolve(),
  };
}
