import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { LocalError, systemCode, systemWords } from '../../errors.js';
import { replaceFile } from '../../file/atomic-file.js';
import type { Ports } from '../../contract/command.js';

/** A file that exists while connections are accepted, so that scripts can wait for it. */
export interface ReadyFile {
  write: (url: string) => Promise<void>;
  /** Removes it, unless another receiver has replaced it. */
  remove: () => Promise<void>;
}

/** Writes nothing without a name. The file's methods throw LocalError. */
export function createReadyFile(
  name: string | undefined,
  { environment: { cwd }, clock }: Pick<Ports, 'environment' | 'clock'>,
): ReadyFile {
  if (name === undefined) return { write: () => Promise.resolve(), remove: () => Promise.resolve() };
  const file = path.resolve(cwd, name);
  let content = '';
  return {
    write: url =>
      namingFile(name, async () => {
        content = `${url}\n`;
        // Remove a stale file first, so that scripts only ever read our URL.
        await rm(file, { force: true });
        await replaceFile(file, content, { clock });
      }),
    remove: () =>
      namingFile(name, async () => {
        const found = await readFile(file, 'utf8').catch(() => '');
        if (content !== '' && found === content) await rm(file, { force: true });
      }),
  };
}

async function namingFile(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    throw new LocalError(`can't write the ready file ${name}: ${systemWords(cause)}`, {
      cause,
      hint: systemCode(cause).endsWith('EISDIR') ? 'use a file in it' : 'does its folder exist, and is it yours?',
    });
  }
}
