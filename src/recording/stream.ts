import { InputError } from '../errors.js';
import { CaptureError, type CaptureProblem } from './capture-error.js';

/** The beginning of a stream, its recognised value, and the rest. */
export interface Peeked<T> {
  head: Buffer;
  told: T;
  rest: AsyncIterable<Buffer>;
}

/** Reads a stream until `tell` recognises its beginning. `isWhole`: the beginning is the whole stream. */
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

/** Puts the beginning of a stream back before the rest. If the rest has ended, its iterator reports that again. */
export async function* joined(head: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  yield* rest;
}

/** In MiB. Node's longest string isn't much longer. */
const largestWhole = 256;

/** The expected kind of stream, for the error if it is too large. */
export interface Document {
  name: string;
  hint?: string;
  ifTooLarge?: CaptureProblem;
}

/**
 * Reads all bytes of a stream. Throws InputError as soon as there are too many, or a CaptureError with `ifTooLarge` if
 * that is set.
 */
export async function wholeOf(stream: AsyncIterable<Buffer>, { name, hint, ifTooLarge }: Document): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length <= largestWhole * 1024 * 1024) continue;
    const message = `${name} can't be streamed, and this one is larger than ${largestWhole} MiB`;
    throw ifTooLarge ? new CaptureError(ifTooLarge, message) : new InputError(message, { hint });
  }
  return Buffer.concat(chunks);
}
