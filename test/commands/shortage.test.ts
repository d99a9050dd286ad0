import { expect, test } from 'vitest';
import { named } from '../../src/commands/input/files.js';
import { LocalError } from '../../src/errors.js';

test.each([
  ['EMFILE', 'too many files are open'],
  ['ENFILE', 'too many files are open on this machine'],
  ['ENOMEM', 'the system has no memory left'],
])('a file that can’t be read because of %s is a local error', async (code, words) => {
  // eslint-disable-next-line @typescript-eslint/require-await -- as opening a file fails
  async function* failing(): AsyncGenerator<never> {
    throw Object.assign(new Error(code), { code });
  }
  const error: unknown = await named('a.json', failing())
    .next()
    .catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(LocalError);
  expect(error).toMatchObject({ message: `can't read a.json: ${words} (${code})` });
});
