import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { developmentSecretFile } from '../../src/config/development-secret.js';
import { resolveSecrets } from '../../src/config/secrets.js';
import { UsageError } from '../../src/errors.js';
import { failureOf, place } from './surroundings.js';

const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');

describe.each<[what: string, content: Buffer, words: string]>([
  ['UTF-16 with its mark', utf16('secret\r\n'), 'is UTF-16 text'],
  ['UTF-16 with the bytes swapped', utf16('secret').swap16(), 'is UTF-16 text'],
  ['UTF-16 without a mark', utf16('secret').subarray(2), 'has a NUL byte in it'],
  ['NULs alone', Buffer.alloc(3), 'has a NUL byte in it'],
  ['a NUL at its end', Buffer.from('secret\0'), 'has a NUL byte in it'],
  ['latin1', Buffer.from('zo\u00e9\n', 'latin1'), "isn't UTF-8 text"],
])('a secret of %s is refused', (_, content, words) => {
  test('from a file, and from standard input', async () => {
    const here = place({}, content);
    for (const [file, origin] of [
      [here.file(content), 'secret.txt'],
      ['-', 'standard input'],
    ] as const) {
      const error = await failureOf(resolveSecrets({ secretFile: [file] }, here));
      expect(error).toBeInstanceOf(UsageError);
      expect(error.message).toBe(`the secret from ${origin} ${words}`);
      expect(error.hint).toContain('UTF-8');
    }
  });

  test('as the development secret', async () => {
    const here = place();
    const file = developmentSecretFile(here.environment);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content, { mode: 0o600 });
    const { message } = await failureOf(resolveSecrets({}, here));
    expect(message).toBe(`the secret from ${file} ${words}`);
  });
});

test('a variable with bytes that aren’t UTF-8 is refused, because Node has replaced them', async () => {
  const error = await failureOf(resolveSecrets({}, place({ WEBHOOK_SECRET: 'zo\ufffd' })));
  expect(error).toBeInstanceOf(UsageError);
  expect(error.message).toBe("the secret from WEBHOOK_SECRET isn't UTF-8 text");
});

test.each([
  ['PORT=3000', 'looks like NAME=value, and all of it is used; to read such a file, pass --dotenv'],
  ['export SECRET=abc', 'looks like NAME=value, and all of it is used; to read such a file, pass --dotenv'],
  ['# the secret of staging', 'looks like a comment, but is used as a secret'],
  ['"quoted"', 'is in quotes, which count as part of it'],
  ["'quoted'", 'is in quotes, which count as part of it'],
  ['pasted\u00a0', 'begins or ends with a blank, which counts as part of it'],
  ['\u200bpasted', 'begins or ends with a blank, which counts as part of it'],
])('%j is used unchanged, with a warning', async (content, words) => {
  const here = place({ MINE: content });
  const secretFile = [here.file(content)];
  const secrets = await resolveSecrets({ secretFile, secretEnv: ['MINE'] }, here);
  expect(secrets.map(secret => secret.key.export().toString())).toEqual([content, content]);
  expect(here.warnings).toEqual(['secret.txt', 'MINE'].map(origin => `the secret from ${origin} ${words}`));
});

test.each(['c2VjcmV0==', 'whsec_c2VjcmV0=', 'two words', 'a"b'])('%j causes no warning', async content => {
  const here = place({ WEBHOOK_SECRET: content });
  await resolveSecrets({}, here);
  expect(here.warnings).toEqual([]);
});
