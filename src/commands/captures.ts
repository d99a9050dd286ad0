import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { CaptureEntry } from '../capture/captured-request.js';
import type { CaptureFormat } from '../capture/formats.js';
import { readCaptures } from '../capture/read.js';
import { InputError, systemCode } from '../errors.js';
import type { Context } from './command.js';
import { unreadable } from './unreadable.js';

/** In bytes: the default of 64 KiB costs a tenth of the speed. */
const chunkSize = 256 * 1024;

/** What is in a recording, or on standard input for `-`; both are streamed. Throws InputError. */
export async function* capturesIn(
  name: string,
  format: CaptureFormat | undefined,
  { cwd, openStdin }: Pick<Context, 'cwd' | 'openStdin'>,
): AsyncGenerator<CaptureEntry> {
  try {
    const stream = name === '-' ? openStdin() : createReadStream(path.resolve(cwd, name), { highWaterMark: chunkSize });
    for await (const entries of readCaptures(stream, format)) {
      for (const entry of entries) yield entry;
    }
  } catch (cause) {
    // The readers don't know what their input is called.
    if (cause instanceof InputError)
      throw new InputError(`${sourceName(name)}: ${cause.message}`, { hint: cause.hint, cause });
    if (systemCode(cause) === '') throw cause;
    throw unreadable(name, cause);
  }
}

/** What a message calls a file, or standard input. */
export const sourceName = (file: string): string => (file === '-' ? 'standard input' : file);
