import { close, constants, fstat, open, read, readFile, type Stats } from 'node:fs';
import type { Readable } from 'node:stream';
import { isatty } from 'node:tty';
import { promisify } from 'node:util';

/** A file that is open for reading: a regular one, a pipe or a device. */
export interface OpenFile {
  stats: Stats;
  /** Streams the bytes. Reads of pipes and devices stop at the signal. Fails with the system's errors. */
  chunks: () => AsyncIterable<Buffer>;
  close: () => Promise<void>;
}

// Descriptors, not FileHandles: the socket that reads a pipe closes its descriptor, and a FileHandle would close it again.
const system = {
  open: promisify(open),
  close: promisify(close),
  stat: promisify(fstat),
  readFile: promisify(readFile),
  read: promisify(read),
};

/** In bytes. Smaller files, which most are, are read in one go. */
const smallFile = 1024 * 1024;

/** In bytes. Pieces of 64 KiB are a tenth slower. */
const chunkSize = 256 * 1024;

/** Opens a file without blocking. Throws the system's errors. */
export async function openFile(file: string, signal?: AbortSignal): Promise<OpenFile> {
  // Without O_NONBLOCK, opening a FIFO waits for a writer. On systems without it, the flag is undefined, which counts as 0.
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
        // The signal's reason has no system error code, so it isn't mistaken for an unreadable file.
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
 * Reads one piece ahead. A Node stream would close the descriptor once nobody reads on, and it might then belong to
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
      // The consumer may be slow, and gets the error only when it asks for the next piece.
      ahead.catch(() => undefined);
      yield piece;
    }
  } finally {
    // The read has to finish before the descriptor is closed.
    await ahead.catch(() => undefined);
  }
}

/** Returns a stream for pipes and terminals, because a blocked read can't be stopped; undefined for anything else. */
async function liveStream(
  descriptor: number,
  stats: Stats,
  signal: AbortSignal | undefined,
): Promise<Readable | undefined> {
  if (stats.isFIFO()) {
    // The socket only reads the descriptor; it never connects.
    const { Socket } = await import('node:net');
    return new Socket({ fd: descriptor, readable: true, writable: false, ...(signal && { signal }) });
  }
  if (!isatty(descriptor)) return undefined;
  const [{ ReadStream }, { addAbortSignal }] = await Promise.all([import('node:tty'), import('node:stream')]);
  const terminal = new ReadStream(descriptor);
  return signal ? addAbortSignal(signal, terminal) : terminal;
}
