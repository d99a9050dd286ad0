import type { Help, Helper } from './helper.js';

/** In bytes: of less, hardly anything would be left once a helper has started. */
const long = 8 * 1024 * 1024;

/** Pieces that are done at most, while an earlier one isn't. */
const mostKept = 8;

/**
 * What `workOn` makes of each piece, in their order, as soon as it is made. If there are many, a helper makes a part of it
 * meanwhile. The pieces themselves are let go as soon as may be, for memory's sake.
 */
export async function* inOrder<Result>(
  pieces: AsyncIterable<Buffer>,
  workOn: (piece: Buffer) => Result,
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
    // What came before it is done all the same.
    yield* all(queue);
    throw error;
  } finally {
    // Not waited for: of a stream that is quiet, the next piece may be long in coming, and it comes before the end.
    iterator.return?.().catch(() => undefined);
    await helper?.end();
  }
}

/** Takes from the queue what gets done until `next` is there, which may never be. */
async function* finishedBefore<Result>(next: Promise<unknown>, queue: Pending<Result>[]): AsyncGenerator<Result> {
  const arrived = Symbol();
  const arrive = () => arrived;
  const arrival = next.then(arrive, arrive);
  for (let [first] = queue; first; [first] = queue) {
    if ((await Promise.race([arrival, first.result])) === arrived) return;
    yield* finished(queue);
  }
}

/** Takes from the queue what needn't be waited for, and what there is too much of. */
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
  { workOn, helper }: { workOn: (piece: Buffer) => Result; helper: Helper<Result> | undefined },
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
