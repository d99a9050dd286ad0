import { UnknownNameError } from '../../errors.js';
import { readFixture } from '../../event/fixtures.js';
import type { Ports } from '../../contract/command.js';

/** Returns the bytes of a fixture. Throws UnknownNameError, with this hint. */
export function fixtureBody(
  name: string,
  { environment: { packageRoot } }: Pick<Ports, 'environment'>,
  hint = 'webhook-cli fixtures lists them',
): Promise<Uint8Array> {
  return readFixture(name, packageRoot).catch((error: unknown) => {
    if (!(error instanceof UnknownNameError)) throw error;
    const { kind, given, known } = error;
    throw new UnknownNameError(kind, given, { known, hint });
  });
}
