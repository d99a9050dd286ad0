import { readdir, readFile } from 'node:fs/promises';
import { UnknownNameError } from '../errors.js';

const folderOf = (packageRoot: URL): URL => new URL('fixtures/events/', packageRoot);

/** The names of the fixtures that ship with the package, in alphabetical order. */
export async function fixtureNames(packageRoot: URL): Promise<string[]> {
  const files = await readdir(folderOf(packageRoot));
  return files.map(file => file.replace(/\.json$/, '')).sort();
}

/** The bytes of a fixture as they ship. Throws UnknownNameError. */
export async function readFixture(name: string, packageRoot: URL): Promise<Uint8Array> {
  const known = await fixtureNames(packageRoot);
  if (!known.includes(name))
    throw new UnknownNameError('fixture', name, { known, hint: 'webhook-cli fixtures lists them' });
  return readFile(new URL(`${name}.json`, folderOf(packageRoot)));
}
