import type { CapturedAnswer, CaptureEntry } from './captured-request.js';

/** An entry of a recording, including responses. A response names the `id` of its request. */
export type ExchangeEntry = (CaptureEntry & { id?: string }) | { kind: 'answer'; of: string; answer: CapturedAnswer };

/**
 * A request comes with its response. `unplaced`: a response that arrived too late, or whose request isn't in this
 * recording.
 */
export type Exchange = CaptureEntry | { kind: 'unplaced' };

/** Matches responses to earlier items, with others in between. */
export interface Pairing<Entry, Item, Answer> {
  /** Undefined if the entry isn't a response. */
  answerIn: (entry: Entry) => { of: string; answer: Answer } | undefined;
  /** The id that its response will name; undefined if there will be none. */
  awaitedBy: (entry: Entry) => string | undefined;
  itemOf: (entry: Entry) => Item;
  /** Its memory in bytes. */
  sizeOf: (item: Item) => number;
  pair: (item: Item, answer: Answer) => Item;
}

/** In bytes: the limit of items that wait for responses, which arrive soon or not at all. */
const mostWaiting = 16 * 1024 * 1024;

interface Waiting<Item> {
  item: Item;
  /** Whether its response may still arrive. */
  isOpen: boolean;
  size: number;
}

/**
 * Attaches responses to their items, several at a time, in order: an item waits until its response arrives, or until
 * too many wait. Undefined for a response that arrived too late or has no item.
 */
export async function* paired<Entry, Item extends object, Answer>(
  entries: AsyncIterable<readonly Entry[]>,
  pairing: Pairing<Entry, Item, Answer>,
  most = mostWaiting,
): AsyncGenerator<readonly (Item | undefined)[]> {
  const queue = createQueue(pairing, most);
  const take = (entry: Entry, ready: (Item | undefined)[]): void => {
    const answer = pairing.answerIn(entry);
    const id = answer ? undefined : pairing.awaitedBy(entry);
    // In most recordings, nothing has to wait.
    if (!answer && id === undefined && queue.isEmpty()) {
      ready.push(pairing.itemOf(entry));
      return;
    }
    const isPlaced = answer ? queue.answer(answer.of, answer.answer) : queue.add(pairing.itemOf(entry), id);
    if (!isPlaced) ready.push(undefined);
    queue.release(ready);
  };
  for await (const some of entries) {
    const ready: (Item | undefined)[] = [];
    for (const entry of some) take(entry, ready);
    yield ready;
  }
  yield queue.rest();
}

function createQueue<Item extends object, Answer>(
  { sizeOf, pair }: Pick<Pairing<never, Item, Answer>, 'sizeOf' | 'pair'>,
  most: number,
) {
  /** By id; an item without one is its own key. */
  const waiting = new Map<unknown, Waiting<Item>>();
  let size = 0;
  const keep = (key: unknown, one: Waiting<Item>): true => {
    size += one.size - (waiting.get(key)?.size ?? 0);
    waiting.set(key, one);
    return true;
  };
  return {
    isEmpty: () => waiting.size === 0,
    add: (item: Item, id: string | undefined): true => {
      const isOpen = id !== undefined && !waiting.has(id);
      return keep(isOpen ? id : item, { item, isOpen, size: sizeOf(item) });
    },
    /** Returns false if nothing waits for it. */
    answer: (of: string, answer: Answer): boolean => {
      const asked = waiting.get(of);
      if (!asked) return false;
      const item = pair(asked.item, answer);
      // Expect no second response: a retried request is recorded again.
      return keep(of, { item, isOpen: false, size: sizeOf(item) });
    },
    /** Moves items that no longer wait to `ready`, and the oldest ones if too much waits. */
    release: (ready: (Item | undefined)[]): void => {
      for (const [key, first] of waiting) {
        if (first.isOpen && size <= most) return;
        waiting.delete(key);
        size -= first.size;
        ready.push(first.item);
      }
    },
    rest: (): Item[] => [...waiting.values()].map(({ item }) => item),
  };
}

/** The minimum memory of a request besides its bodies, to limit the number of small ones, too. */
const overhead = 1024;

const requests: Pairing<ExchangeEntry, CaptureEntry, CapturedAnswer> = {
  answerIn: entry => (entry.kind === 'answer' ? entry : undefined),
  awaitedBy,
  itemOf: entry => entry as CaptureEntry,
  sizeOf: entry =>
    overhead + (entry.kind === 'request' ? entry.request.body.length + (entry.request.answer?.body.length ?? 0) : 0),
  pair: (entry, answer) =>
    entry.kind === 'request' ? { kind: 'request', request: { ...entry.request, answer } } : entry,
};

/** A receiver's own response isn't recorded, so nothing needs to wait for it. */
function awaitedBy(entry: ExchangeEntry): string | undefined {
  if (entry.kind !== 'request') return undefined;
  const by = entry.request.verdict?.answeredBy;
  return by === undefined || by === 'application' ? entry.id : undefined;
}

const unplaced = { kind: 'unplaced' } as const;

/** Attaches responses to their requests, in order. */
export async function* withAnswers(
  entries: AsyncIterable<readonly ExchangeEntry[]>,
  most?: number,
): AsyncGenerator<Exchange> {
  for await (const some of paired(entries, requests, most)) for (const entry of some) yield entry ?? unplaced;
}
