import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InputError, systemCode } from '../errors.js';
import type { Context } from './command.js';

/** The bytes of a file, or of standard input for `-`. Throws InputError. */
export async function readBody(
  name: string,
  { cwd, readStdin }: Pick<Context, 'cwd' | 'readStdin'>,
): Promise<Uint8Array> {
  if (name === '-') return readStdin();
  return readFile(path.resolve(cwd, name)).catch((cause: unknown) => {
    throw new InputError(`can't read ${name} (${systemCode(cause)})`, {
      cause,
      hint: 'is the path right, seen from this folder?',
    });
  });
}
