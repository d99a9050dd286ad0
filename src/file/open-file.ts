import { closeSync, constants, fstatSync, openSync, read, readFileSync, type Stats } from 'node:fs';
import { Socket } from 'node:net';
import { addAbortSignal, type Readable } from 'node:stream';
import { isatty, ReadStream } from 'node:tty';
import { promisify } from 'node:util';

/** A file that is open for reading: a regular one, a pipe or a device. */
export interface OpenFile {
  stats: Stats;
  /** Streams the bytes. Reads of pipes and devices stop at the signal. Fails with the system's errors. */
  chunks: () => AsyncIterable<Buffer>;
  close: () => void;
}

// Descriptors, not FileHandles: the socket that reads a pipe closes its descriptor, and a FileHandle would close it
// again.
const readPiece = promisify(read);
const nextTurn = promisify(setImmediate);

/** In bytes. Smaller files, which most are, are read in one go, without the threads that Node would start for it. */
const smallFile = 1024 * 1024;

/** In bytes. Pieces of 64 KiB are a tenth slower. */
const chunkSize = 256 * 1024;

/** Opens a file without blocking. Throws the system's errors. */
export async function openFile(file: string, signal?: AbortSignal): Promise<OpenFile> {
  // Without O_NONBLOCK, opening a FIFO waits for a writer. On systems without it, the flag is undefined, which counts
  // as 0.
  const { O_RDONLY, O_NONBLOCK } = constants;
  const descriptor = openSync(file, O_RDONLY | O_NONBLOCK);
  const stats = fstatSync(descriptor);
  // A signal takes effect between two files.
  await nextTurn();
  let live: Readable | undefined;
  return {
    stats,
    async *chunks() {
      if (stats.isFile() && stats.size <= smallFile) {
        yield readFileSync(descriptor);
        return;
      }
      if (stats.isFile()) {
        yield* piecesOf(descriptor);
        return;
      }
      signal?.throwIfAborted();
      live = liveStream(descriptor, stats, signal);
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
    close: () => {
      if (live) live.destroy();
      else closeSync(descriptor);
    },
  };
}

/**
 * Reads one piece ahead. A Node stream would close the descriptor once nobody reads any further, and it might then
 * belong to another file by the time it is closed again.
 */
async function* piecesOf(descriptor: number): AsyncGenerator<Buffer> {
  const next = async () => {
    const { bytesRead, buffer } = await readPiece(descriptor, Buffer.allocUnsafe(chunkSize), 0, chunkSize, null);
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
function liveStream(descriptor: number, stats: Stats, signal: AbortSignal | undefined): Readable | undefined {
  if (stats.isFIFO()) {
    // The socket only reads the descriptor; it never connects.
    return new Socket({ fd: descriptor, readable: true, writable: false, ...(signal && { signal }) });
  }
  if (!isatty(descriptor)) return undefined;
  const terminal = new ReadStream(descriptor);
  return signal ? addAbortSignal(signal, terminal) : terminal;
}
