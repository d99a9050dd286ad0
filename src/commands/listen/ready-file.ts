import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { LocalError, systemCode, systemWords } from '../../errors.js';
import type { Context } from '../command.js';

/** A file that stands as long as connections are accepted, for scripts that wait for it. */
export interface ReadyFile {
  write: (url: string) => Promise<void>;
  /** Leaves it where another listener has made it its own. */
  remove: () => Promise<void>;
}

/** Throws LocalError. */
export function createReadyFile(
  name: string | undefined,
  { cwd, entropy }: Pick<Context, 'cwd' | 'entropy'>,
): ReadyFile {
  if (name === undefined) return { write: () => Promise.resolve(), remove: () => Promise.resolve() };
  const file = path.resolve(cwd, name);
  const temporary = `${file}.${Buffer.from(entropy(6)).toString('hex')}`;
  let content = '';
  return {
    write: url =>
      local(name, async () => {
        content = `${url}\n`;
        // A stale one goes first, and the new one is whole before it has its name: nobody reads anything but our URL.
        await rm(file, { force: true });
        await writeFile(temporary, content, { flag: 'wx' });
        await rename(temporary, file);
      }),
    remove: () =>
      local(name, async () => {
        const found = await readFile(file, 'utf8').catch(() => '');
        if (content !== '' && found === content) await rm(file, { force: true });
      }),
  };
}

async function local(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    throw new LocalError(`can't write the ready file ${name}: ${systemWords(cause)}`, {
      cause,
      hint: systemCode(cause).endsWith('EISDIR') ? 'name a file in it' : 'does its folder exist, and is it yours?',
    });
  }
}
