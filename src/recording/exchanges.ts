import type { CapturedAnswer, CaptureEntry } from './captured-request.js';

/** What is in a recording, answers included. The `id` of a request is the one that its answer names. */
export type ExchangeEntry = (CaptureEntry & { id?: string }) | { kind: 'answer'; of: string; answer: CapturedAnswer };

/** A request comes with its answer. `unplaced`: an answer came too late for that, or to no request of this recording. */
export type Exchange = CaptureEntry | { kind: 'unplaced' };

/** In bytes of bodies: how much may wait for answers. They come soon, or never. */
const mostWaiting = 16 * 1024 * 1024;

/** What a request takes besides its body, at least. It bounds the number of small ones, too. */
const overhead = 1024;

interface Waiting {
  entry: CaptureEntry;
  /** Whether its answer may still come. */
  isOpen: boolean;
  size: number;
}

/**
 * Puts answers to their requests, and keeps the order. A recording has the answer behind the request, often with others in
 * between, so entries wait until theirs is there, or until too many wait.
 */
export async function* withAnswers(
  entries: AsyncIterable<readonly ExchangeEntry[]>,
  most = mostWaiting,
): AsyncGenerator<Exchange> {
  const queue = createQueue(most);
  for await (const some of entries) {
    for (const entry of some) {
      // Most recordings have nothing to wait for.
      if (entry.kind !== 'answer' && queue.isEmpty() && !isAwaited(entry)) {
        yield entry;
        continue;
      }
      const isPlaced = entry.kind === 'answer' ? queue.answer(entry.of, entry.answer) : queue.add(entry);
      if (!isPlaced) yield { kind: 'unplaced' };
      yield* queue.due();
    }
  }
  yield* queue.rest();
}

/** A receiver that answers by itself records no answer: nothing needs to wait for it. */
function isAwaited(entry: CaptureEntry & { id?: string }): boolean {
  if (entry.kind !== 'request' || entry.id === undefined) return false;
  const by = entry.request.verdict?.answeredBy;
  return by === undefined || by === 'application';
}

function createQueue(most: number) {
  /** By id; what has none, and is never asked for, is its own key. */
  const waiting = new Map<unknown, Waiting>();
  let size = 0;
  const keep = (key: unknown, one: Waiting): true => {
    size += one.size - (waiting.get(key)?.size ?? 0);
    waiting.set(key, one);
    return true;
  };
  function* release(isDue: (first: Waiting) => boolean): Generator<CaptureEntry> {
    for (const [key, first] of waiting) {
      if (!isDue(first)) return;
      waiting.delete(key);
      size -= first.size;
      yield first.entry;
    }
  }
  return {
    isEmpty: () => waiting.size === 0,
    add: ({ id, ...entry }: CaptureEntry & { id?: string }): true => {
      const isRequest = entry.kind === 'request';
      const length = isRequest ? entry.request.body.length : 0;
      const isOpen = id !== undefined && isAwaited({ ...entry, id }) && !waiting.has(id);
      return keep(isOpen ? id : entry, { entry, isOpen, size: overhead + length });
    },
    /** Returns false if no such request waits. */
    answer: (of: string, answer: CapturedAnswer): boolean => {
      const asked = waiting.get(of);
      if (asked?.entry.kind !== 'request') return false;
      const entry: CaptureEntry = { kind: 'request', request: { ...asked.entry.request, answer } };
      // No second answer is expected: a request that is sent again is recorded again.
      return keep(of, { entry, isOpen: false, size: asked.size + answer.body.length });
    },
    due: () => release(({ isOpen }) => !isOpen || size > most),
    rest: () => release(() => true),
  };
}
