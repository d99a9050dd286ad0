import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { CaptureEntry } from '../capture/captured-request.js';
import type { CaptureFormat } from '../capture/formats.js';
import { inOrder } from '../capture/in-order.js';
import { openCaptures, readCaptures } from '../capture/read.js';
import type { Help } from '../capture/helper.js';
import { InputError, systemCode } from '../errors.js';
import type { Context } from './command.js';
import { unreadable } from './unreadable.js';

/** In bytes: the default of 64 KiB costs a tenth of the speed. */
const chunkSize = 256 * 1024;

type Surroundings = Pick<Context, 'cwd' | 'openStdin'>;

/** What is in a recording, or on standard input for `-`; both are streamed. Throws InputError. */
export async function* capturesIn(
  name: string,
  format: CaptureFormat | undefined,
  surroundings: Surroundings,
): AsyncGenerator<CaptureEntry> {
  for await (const entries of named(name, readCaptures(bytesOf(name, surroundings), format))) yield* entries;
}

/** How entries are judged, and who helps with a long recording. */
interface Judging<Judgement> {
  judge: (entry: CaptureEntry) => Judgement;
  help: Help | undefined;
}

/** What comes of each entry, several at a time. Throws InputError. */
export const judgedCaptures = <Judgement>(
  { name, format }: { name: string; format: CaptureFormat | undefined },
  { judge, help }: Judging<Judgement>,
  surroundings: Surroundings,
): AsyncGenerator<readonly Judgement[]> => {
  async function* judged(): AsyncGenerator<readonly Judgement[]> {
    const captures = await openCaptures(bytesOf(name, surroundings), format);
    if ('entries' in captures) yield captures.entries.map(judge);
    else yield* inOrder(captures.pieces, piece => captures.entriesIn(piece).map(judge), help);
  }
  return named(name, judged());
};

const bytesOf = (name: string, { cwd, openStdin }: Surroundings): AsyncIterable<Buffer> =>
  name === '-' ? openStdin() : createReadStream(path.resolve(cwd, name), { highWaterMark: chunkSize });

/** The readers don't know what their input is called. */
async function* named<Item>(name: string, items: AsyncIterable<Item>): AsyncGenerator<Item> {
  try {
    yield* items;
  } catch (cause) {
    if (cause instanceof InputError)
      throw new InputError(`${sourceName(name)}: ${cause.message}`, { hint: cause.hint, cause });
    if (systemCode(cause) === '') throw cause;
    throw unreadable(name, cause);
  }
}

/** What a message calls a file, or standard input. */
export const sourceName = (file: string): string => (file === '-' ? 'standard input' : file);
