import { levelsOf, type Configuration } from '../../config/configuration.js';
import { CommandError, UnknownNameError, UsageError, systemCode, systemWords } from '../../errors.js';
import { findFixtures, readFixture, type Fixture, type FixturePlaces } from '../../event/fixtures.js';
import { shownPath } from '../../file/small-file.js';
import type { Ports } from '../../contract/command.js';

type FixturePorts = Pick<Ports, 'environment'> & { configuration: Configuration };

/** Returns webhook-cli's fixtures and those of the configuration's folder. Throws UsageError. */
export const allFixtures = (ports: FixturePorts): Promise<Fixture[]> => inFolders(ports, findFixtures);

/** Returns the bytes of a fixture. Throws UsageError, or UnknownNameError with this hint. */
export function fixtureBody(
  name: string,
  ports: FixturePorts,
  hint = 'webhook-cli fixtures lists them',
): Promise<Uint8Array> {
  return inFolders(ports, places => readFixture(name, places)).catch((error: unknown) => {
    if (!(error instanceof UnknownNameError)) throw error;
    const { kind, given, known } = error;
    throw new UnknownNameError(kind, given, { known, hint });
  });
}

async function inFolders<T>(
  { configuration, environment: { packageRoot, cwd } }: FixturePorts,
  use: (places: FixturePlaces) => Promise<T>,
): Promise<T> {
  const folder = levelsOf(configuration).find(level => level.fixtures !== undefined)?.fixtures;
  try {
    return await use({ packageRoot, folder });
  } catch (cause) {
    if (cause instanceof CommandError || folder === undefined || systemCode(cause) === '') throw cause;
    throw new UsageError(`can't read the fixtures in ${shownPath(folder, cwd)}: ${systemWords(cause)}`, {
      cause,
      hint: `the key fixtures in ${configuration.file ?? ''} names a folder of JSON files`,
    });
  }
}
