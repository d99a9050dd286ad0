import { close, constants, fstat, open, read, readFile, type Stats } from 'node:fs';
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

// By number: the socket that reads a pipe closes its descriptor, and a FileHandle would close it again.
const system = {
  open: promisify(open),
  close: promisify(close),
  stat: promisify(fstat),
  readFile: promisify(readFile),
  read: promisify(read),
};

/** In bytes. Most files are smaller, and are read at once. */
const smallFile = 1024 * 1024;

/** In bytes. Pieces of 64 KiB take a tenth of the speed. */
const chunkSize = 256 * 1024;

/** Opens a file, and waits for nobody. Throws the system's errors. */
export async function openFile(file: string, signal?: AbortSignal): Promise<OpenFile> {
  // Without O_NONBLOCK, opening a FIFO waits for a writer. Systems without the flag have undefined, which counts as 0.
  const { O_RDONLY, O_NONBLOCK } = constants;
  const descriptor = await system.open(file, O_RDONLY | O_NONBLOCK);
  const stats = await system.stat(descriptor);
  let live: Readable | undefined;
  return {
    stats,
    async *chunks() {
      if (stats.isFile() && stats.size <= smallFile) {
        yield await system.readFile(descriptor);
        return;
      }
      if (stats.isFile()) {
        yield* piecesOf(descriptor);
        return;
      }
      signal?.throwIfAborted();
      live = await liveStream(descriptor, stats, signal);
      const bytes = live ?? piecesOf(descriptor);
      try {
        for await (const chunk of bytes) {
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
      if (live) live.destroy();
      else await system.close(descriptor);
    },
  };
}

/**
 * Reads one piece ahead. A stream of Node's would close the descriptor when nobody reads on, and then it may belong to
 * another file by the time it is closed again.
 */
async function* piecesOf(descriptor: number): AsyncGenerator<Buffer> {
  const next = async () => {
    const { bytesRead, buffer } = await system.read(descriptor, Buffer.allocUnsafe(chunkSize), 0, chunkSize, null);
    return buffer.subarray(0, bytesRead);
  };
  let ahead = next();
  try {
    for (;;) {
      const piece = await ahead;
      if (piece.length === 0) return;
      ahead = next();
      // Whoever takes the piece may take long, and only then hears of an error.
      ahead.catch(() => undefined);
      yield piece;
    }
  } finally {
    // Nothing may be read any more once the descriptor is closed.
    await ahead.catch(() => undefined);
  }
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
