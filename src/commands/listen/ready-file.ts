import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { LocalError, systemCode } from '../../errors.js';

/** A file that stands as long as connections are accepted, for scripts that wait for it. */
export interface ReadyFile {
  write: (url: string) => Promise<void>;
  remove: () => Promise<void>;
}

/** Removes a stale one at once. Throws LocalError. */
export async function prepareReadyFile(name: string | undefined, cwd: string): Promise<ReadyFile> {
  if (name === undefined) return { write: () => Promise.resolve(), remove: () => Promise.resolve() };
  const file = path.resolve(cwd, name);
  const temporary = `${file}.tmp`;
  const readyFile: ReadyFile = {
    async write(url) {
      // Whole before it has its name, so that nobody reads half a URL.
      await local(name, writeFile(temporary, `${url}\n`));
      await local(name, rename(temporary, file));
    },
    remove: () => local(name, rm(file, { force: true })),
  };
  await readyFile.remove();
  return readyFile;
}

const local = (name: string, work: Promise<void>): Promise<void> =>
  work.catch((cause: unknown) => {
    throw new LocalError(`can't write the ready file ${name} (${systemCode(cause)})`, {
      cause,
      hint: 'does its folder exist, and is it yours?',
    });
  });
