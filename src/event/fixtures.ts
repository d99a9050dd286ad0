import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { UnknownNameError, UsageError } from '../errors.js';

/** Where fixtures are: in the package, and optionally in the user's own folder. */
export interface FixturePlaces {
  packageRoot: URL;
  folder?: string | undefined;
}

/** A name and its file. */
export interface Fixture {
  name: string;
  file: string;
  /** Whether it is in the user's own folder. */
  isOwn: boolean;
}

/** Returns all fixtures, in alphabetical order. Throws UsageError for a duplicate name, and the system's errors for the folder. */
export async function findFixtures({ packageRoot, folder }: FixturePlaces): Promise<Fixture[]> {
  const shipped = await fixturesIn(fileURLToPath(new URL('fixtures/events/', packageRoot)), { isOwn: false });
  const own = folder === undefined ? [] : await fixturesIn(folder, { isOwn: true });
  const names = new Set(shipped.map(({ name }) => name));
  const twice = own.find(({ name }) => names.has(name));
  if (twice) {
    throw new UsageError(`${twice.file} has the name of webhook-cli's own fixture ${twice.name}`, {
      hint: 'give the file another name',
    });
  }
  return [...shipped, ...own].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Returns the bytes of a fixture. Throws as `findFixtures` does, and UnknownNameError. */
export async function readFixture(name: string, places: FixturePlaces): Promise<Uint8Array> {
  const fixtures = await findFixtures(places);
  const found = fixtures.find(fixture => fixture.name === name);
  if (!found) throw new UnknownNameError('fixture', name, { known: fixtures.map(fixture => fixture.name) });
  return readFile(found.file);
}

async function fixturesIn(folder: string, { isOwn }: Pick<Fixture, 'isOwn'>): Promise<Fixture[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = entries
    .filter(entry => entry.name.endsWith(extension) && !entry.name.startsWith('.'))
    .map(async (entry): Promise<Fixture[]> => {
      const file = path.join(folder, entry.name);
      // Reading a pipe or a device would block.
      const isFile = entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile(file)));
      return isFile ? [{ name: entry.name.slice(0, -extension.length), file, isOwn }] : [];
    });
  return (await Promise.all(found)).flat();
}

const extension = '.json';

const leadsToFile = (link: string): Promise<boolean> =>
  stat(link).then(
    found => found.isFile(),
    () => false,
  );
