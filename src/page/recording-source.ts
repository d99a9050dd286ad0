import { open } from 'node:fs/promises';
import type { CaptureDamage } from '../recording/captured-request.js';
import { createRecordingIndex } from './recording-index.js';
import type { Kept, PageSource } from './source.js';

/**
 * Shows a recording from a file. Reads it once, starting at once, to index it, and then only what is asked for. Fails with the
 * system's errors.
 */
export async function openRecordingSource(
  file: string,
  onDamage: (damage: CaptureDamage) => void = () => undefined,
): Promise<PageSource> {
  const handle = await open(file, 'r');
  const index = createRecordingIndex(handle, { start: 0, numberOf: (_, count) => count + 1, onDamage });
  const indexed = index.extend();
  // Callers that await it get the error.
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

/** The number of requests in a batch. */
const some = 64;

/** Shows requests from memory, in the order of their positions: only recordings can be read in parts. */
export function createListSource(requests: readonly Kept[]): PageSource {
  const byPosition = new Map(requests.map(kept => [kept.position, kept]));
  return {
    total: () => Promise.resolve(requests.at(-1)?.position ?? 0),
    // eslint-disable-next-line @typescript-eslint/require-await -- nothing to await
    async *backwards(before) {
      const first = requests.findIndex(({ position }) => position >= before);
      for (let end = first < 0 ? requests.length : first; end > 0; end -= some)
        yield requests.slice(Math.max(0, end - some), end).toReversed();
    },
    find: position => Promise.resolve(byPosition.get(position)),
    close: () => Promise.resolve(),
  };
}
