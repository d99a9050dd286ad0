import { close, constants, createReadStream, fstat, open, readFile, type Stats } from 'node:fs';
import type { Readable } from 'node:stream';
import { isatty } from 'node:tty';
import { promisify } from 'node:util';

/** A file that is open for reading: a regular one, a pipe or a device. */
export interface OpenFile {
  stats: Stats;
  /** Streams the bytes. Pipes and devices heed the signal. Fails with the system's errors. */
  chunks: () => AsyncIterable<Buffer>;
  close: () => Promise<void>;
}

// By number: a stream or a socket that reads a descriptor closes it when it is destroyed, and a FileHandle would close it again.
const system = {
  open: promisify(open),
  close: promisify(close),
  stat: promisify(fstat),
  readFile: promisify(readFile),
};

/** In bytes. Most files are smaller, and opening a stream takes longer than reading them. */
const smallFile = 1024 * 1024;

/** In bytes. The default of 64 KiB takes a tenth of the speed. */
const chunkSize = 256 * 1024;

/** Opens a file, and waits for nobody. Throws the system's errors. */
export async function openFile(file: string, signal?: AbortSignal): Promise<OpenFile> {
  // Without O_NONBLOCK, opening a FIFO waits for a writer. Systems without the flag have undefined, which counts as 0.
  const { O_RDONLY, O_NONBLOCK } = constants;
  const descriptor = await system.open(file, O_RDONLY | O_NONBLOCK);
  const stats = await system.stat(descriptor);
  /** Closes the descriptor, be it at the end, or when nobody wants the rest. */
  let reader: Readable | undefined;
  return {
    stats,
    async *chunks() {
      if (stats.isFile() && stats.size <= smallFile) {
        yield await system.readFile(descriptor);
        return;
      }
      if (stats.isFile()) {
        reader = createReadStream('', { fd: descriptor, highWaterMark: chunkSize });
        yield* reader as AsyncIterable<Buffer>;
        return;
      }
      signal?.throwIfAborted();
      reader =
        (await liveStream(descriptor, stats, signal)) ??
        createReadStream('', { fd: descriptor, highWaterMark: chunkSize });
      try {
        for await (const chunk of reader) {
          signal?.throwIfAborted();
          yield chunk as Buffer;
        }
      } catch (cause) {
        // The signal's own reason has no code of the system's, so nobody takes it for an unreadable file.
        signal?.throwIfAborted();
        throw cause;
      }
    },
    close: async () => {
      if (reader) reader.destroy();
      else await system.close(descriptor);
    },
  };
}

/** Returns a stream for what may never end or begin, since a blocked read can't be stopped; undefined for anything else. */
async function liveStream(
  descriptor: number,
  stats: Stats,
  signal: AbortSignal | undefined,
): Promise<Readable | undefined> {
  if (stats.isFIFO()) {
    // It reads the descriptor, and never connects.
    const { Socket } = await import('node:net');
    return new Socket({ fd: descriptor, readable: true, writable: false, ...(signal && { signal }) });
  }
  if (!isatty(descriptor)) return undefined;
  const [{ ReadStream }, { addAbortSignal }] = await Promise.all([import('node:tty'), import('node:stream')]);
  const terminal = new ReadStream(descriptor);
  return signal ? addAbortSignal(signal, terminal) : terminal;
}
