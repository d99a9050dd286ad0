import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Ports } from '../command.js';
import { unreadable } from './unreadable.js';

/** The bytes of a file, or of standard input for `-`. `elsewhere`: what helps where none is there. Throws InputError. */
export async function readBody(
  name: string,
  { environment: { cwd, readStdin } }: Pick<Ports, 'environment'>,
  elsewhere?: string,
): Promise<Uint8Array> {
  if (name === '-') return readStdin();
  return readFile(path.resolve(cwd, name)).catch((cause: unknown) => {
    throw unreadable(name, cause, elsewhere);
  });
}
