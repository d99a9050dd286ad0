import path from 'node:path';
import { CommandError, localIfShort, systemCode, UsageError, systemWords } from '../errors.js';
import { openFile } from './open-file.js';

/** In KiB. Handwritten files and reports of a run are far smaller. */
const largest = { secret: 64, configuration: 1024, certificates: 1024, report: 1024, schema: 16 * 1024 };

interface Opening {
  /** The kind of content, which sets the size limit. */
  holds: keyof typeof largest;
  /** Whether the user named it, so that it may be a pipe (`--dotenv <(…)`). */
  isNamed: boolean;
  /** Stops waiting for a pipe. */
  signal?: AbortSignal | undefined;
  /** Called with the owner's number. Throws UsageError to refuse the file. */
  refuse?: ((owner: number) => void) | undefined;
}

/** An existing file that isn't a small one. The message continues the file's name. */
export class UnfitFileError extends Error {}

/** Reads a file that has to be small. Throws UnfitFileError, and the system's errors. */
export async function readSmall(
  file: string,
  { holds, isNamed, signal, refuse }: Opening,
): Promise<{ bytes: Buffer; mode: number }> {
  const { stats, chunks, close } = await openFile(file, signal);
  try {
    const { mode, uid } = stats;
    if (!isNamed && !stats.isFile()) throw new UnfitFileError("isn't a file");
    refuse?.(uid);
    return { bytes: await upTo(largest[holds], chunks()), mode };
  } finally {
    close();
  }
}

async function upTo(limit: number, chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const read: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    read.push(chunk);
    length += chunk.length;
    if (length > limit * 1024) throw new UnfitFileError(`is larger than ${limit} KiB`);
  }
  return Buffer.concat(read);
}

interface Reading extends Omit<Opening, 'holds'> {
  holds?: 'configuration' | 'schema';
  cwd: string;
  /** Whether it may be missing. */
  isOptional?: boolean;
}

/** Reads a configuration file, a dotenv file or a schema; undefined if it is optional and missing. Throws UsageError. */
export async function readText(
  file: string,
  { cwd, isOptional, holds = 'configuration', ...opening }: Reading,
): Promise<string | undefined> {
  const shown = shownPath(file, cwd);
  try {
    const { bytes } = await readSmall(file, { ...opening, holds });
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    if (cause instanceof UnfitFileError) throw new UsageError(`${shown} ${cause.message}`);
    if (cause instanceof TypeError) throw new UsageError(`${shown} isn't UTF-8`);
    if (isOptional && systemCode(cause) === 'ENOENT') return undefined;
    if (systemCode(cause) === '') throw cause;
    const hint = 'check the path and its permissions';
    throw localIfShort(new UsageError(`can't read ${shown}: ${systemWords(cause)}`, { cause, hint }));
  }
}

export const resolvePath = (file: string, folder: string): string => path.resolve(folder, file);

/** Returns the path relative to `cwd`, or unchanged if that is shorter. */
export function shownPath(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return relative === '' || relative.length > file.length ? file : relative;
}
