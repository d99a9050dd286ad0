import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { LocalError, systemCode, systemWords } from '../../errors.js';
import { replaceFile } from '../../file/atomic-file.js';
import type { Ports } from '../command.js';

/** A file that stands as long as connections are accepted, for scripts that wait for it. */
export interface ReadyFile {
  write: (url: string) => Promise<void>;
  /** Leaves it where another listener has made it its own. */
  remove: () => Promise<void>;
}

/** Throws LocalError. */
export function createReadyFile(
  name: string | undefined,
  { environment: { cwd }, clock }: Pick<Ports, 'environment' | 'clock'>,
): ReadyFile {
  if (name === undefined) return { write: () => Promise.resolve(), remove: () => Promise.resolve() };
  const file = path.resolve(cwd, name);
  let content = '';
  return {
    write: url =>
      local(name, async () => {
        content = `${url}\n`;
        // A stale file goes first, so that nobody reads anything but our URL.
        await rm(file, { force: true });
        await replaceFile(file, content, { clock });
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
