import { expect, test } from 'vitest';
import { schemes } from '../../../src/scheme/schemes.js';
import { createSecret } from '../../../src/scheme/secret.js';
import { casesOf, check } from '../checking.js';
import { profiles, type Profile } from './profiles.js';
import { startScheme } from './receiver.js';

const checked = async ({ scheme, secret, ...profile }: Profile) =>
  check(await startScheme({ scheme, secret, ...profile }), {
    scheme,
    secret: createSecret(Buffer.from(secret), 'test', scheme.secrets),
  });

test.each(Object.entries<Profile>(profiles))('a correct receiver for %s passes every case', async (_, profile) => {
  const { results, ...rest } = await checked(profile);
  expect(rest).toEqual({ ending: 'complete', failed: [], advice: [], causes: [] });
  expect(results.map(({ case: { id } }) => id)).toEqual(casesOf(profile.scheme).map(({ id }) => id));
  expect(results.filter(({ outcome }) => outcome === 'not-run')).toEqual([]);
});

test('recognises a receiver of another scheme with the same secret, and names it', async () => {
  const { svix, 'standard-webhooks': standard } = profiles;
  const found = await check(await startScheme(standard), {
    scheme: svix.scheme,
    secret: createSecret(Buffer.from(standard.secret), 'test', svix.scheme.secrets),
  });
  expect(found.causes).toMatchObject([
    { id: 'expects-another-scheme', words: 'it verifies signatures of standard-webhooks, not of svix' },
  ]);
});

test('every scheme has a receiver here', () => {
  expect(['fin', ...Object.keys(profiles)].sort()).toEqual(Object.keys(schemes).sort());
});
