import type { Help, Helper } from './helper.js';

/** In bytes. A shorter input would be finished before a helper has started. */
const long = 8 * 1024 * 1024;

/** The maximum number of results that may wait for an earlier one. */
const mostKept = 8;

/**
 * Yields the result of `workOn` for each piece, in order and as soon as possible. For a long input, a helper does part
 * of the work in a second thread. No piece is kept longer than necessary, to save memory.
 */
export async function* inOrder<Result>(
  pieces: AsyncIterable<Buffer>,
  workOn: (piece: Buffer) => Result | Promise<Result>,
  help: Help | undefined,
): AsyncGenerator<Result> {
  let helper: Helper<Result> | undefined;
  let read = 0;
  const queue: Pending<Result>[] = [];
  const iterator = pieces[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = iterator.next();
      yield* finishedBefore(next, queue);
      const result = await next;
      if (result.done === true) break;
      const piece = result.value;
      read += piece.length;
      if (help && read > long) helper ??= (await import('./helper.js')).startHelper(help, workOn);
      queue.push(begin(piece, { workOn, helper }));
      yield* finished(queue);
    }
    yield* all(queue);
  } catch (error) {
    // The pieces before the error are finished first.
    yield* all(queue);
    throw error;
  } finally {
    // Not awaited: a quiet stream ends only after its next piece, which may take long to come.
    iterator.return?.().catch(() => undefined);
    await helper?.end();
  }
}

/** Takes results from the queue until `next` arrives, which it may never do. */
async function* finishedBefore<Result>(next: Promise<unknown>, queue: Pending<Result>[]): AsyncGenerator<Result> {
  const arrived = Symbol();
  const arrive = () => arrived;
  const arrival = next.then(arrive, arrive);
  for (let [first] = queue; first; [first] = queue) {
    if ((await Promise.race([arrival, first.result])) === arrived) return;
    yield* finished(queue);
  }
}

/** Takes finished results from the queue, and awaits the first one if too many wait for it. */
async function* finished<Result>(queue: Pending<Result>[]): AsyncGenerator<Result> {
  for (let [first] = queue; first && (first.done || queue.length > mostKept); [first] = queue) {
    yield await first.result;
    queue.shift();
  }
}

async function* all<Result>(queue: Pending<Result>[]): AsyncGenerator<Result> {
  for (let [first] = queue; first; [first] = queue) {
    yield await first.result;
    queue.shift();
  }
}

interface Pending<Result> {
  result: Promise<Result> | Result;
  done: boolean;
}

function begin<Result>(
  piece: Buffer,
  { workOn, helper }: { workOn: (piece: Buffer) => Result | Promise<Result>; helper: Helper<Result> | undefined },
): Pending<Result> {
  const answer = helper?.ask(piece);
  if (!answer) return { result: workOn(piece), done: true };
  const pending: Pending<Result> = { result: answer, done: false };
  const end = () => {
    pending.done = true;
  };
  void answer.then(end, end);
  return pending;
}
