import { InputError } from '../errors.js';

/** The beginning of a stream, what it tells, and what comes after it. */
export interface Peeked<T> {
  head: Buffer;
  told: T;
  rest: AsyncIterable<Buffer>;
}

/** Reads as much of a stream as `tell` needs; with `isWhole`, it can't have more. */
export async function peek<T>(
  stream: AsyncIterable<Buffer>,
  tell: (head: Buffer, isWhole: boolean) => T | undefined,
): Promise<Peeked<T>> {
  const iterator = stream[Symbol.asyncIterator]();
  const rest = { [Symbol.asyncIterator]: () => iterator };
  let head: Buffer = Buffer.alloc(0);
  for (;;) {
    const next = await iterator.next();
    if (next.done !== true) head = Buffer.concat([head, next.value]);
    const told = tell(head, next.done === true);
    if (told !== undefined) return { head, told, rest };
  }
}

/** An end that was reached is reached again: iterators stay at theirs. */
export async function* joined(head: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  yield* rest;
}

/** In MiB. What has to be in memory as a whole; the longest string that Node holds isn't much longer. */
const largestWhole = 256;

/** All bytes; of what is too large, no more than show that. Throws InputError with `name` for what it is. */
export async function wholeOf(
  stream: AsyncIterable<Buffer>,
  { name, hint }: { name: string; hint: string },
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > largestWhole * 1024 * 1024)
      throw new InputError(`${name} can't be streamed, and this one is larger than ${largestWhole} MiB`, { hint });
  }
  return Buffer.concat(chunks);
}
