import { readdir, readFile } from 'node:fs/promises';
import { UnknownNameError } from '../errors.js';

const folderOf = (packageRoot: URL): URL => new URL('fixtures/events/', packageRoot);

/** Returns the names of the fixtures in the package, in alphabetical order. */
export async function fixtureNames(packageRoot: URL): Promise<string[]> {
  const files = await readdir(folderOf(packageRoot));
  return files.map(file => file.replace(/\.json$/, '')).sort();
}

/** Returns the bytes of a fixture. Throws UnknownNameError. */
export async function readFixture(name: string, packageRoot: URL): Promise<Uint8Array> {
  const known = await fixtureNames(packageRoot);
  if (!known.includes(name)) throw new UnknownNameError('fixture', name, { known });
  return readFile(new URL(`${name}.json`, folderOf(packageRoot)));
}
