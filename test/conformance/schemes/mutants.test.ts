import { describe, expect, test } from 'vitest';
import { levelOf } from '../../../src/conformance/case.js';
import { allCases } from '../../../src/conformance/cases/index.js';
import { createSecret } from '../../../src/scheme/secret.js';
import { casesOf, check, finCases } from '../checking.js';
import { mutants } from './mutants.js';
import { startScheme } from './receiver.js';

describe('a receiver that', () => {
  test.each(mutants)('$name is caught by the cases made for it, and its cause is found', async mutant => {
    const { profile, changes, failed, causes } = mutant;
    const { scheme, secret } = profile;
    const found = await check(await startScheme(profile, changes), {
      scheme,
      secret: createSecret(Buffer.from(secret), 'test', scheme.secrets),
    });
    const inOrder = casesOf(scheme)
      .map(({ id }) => id)
      .filter(id => failed.includes(id));
    const short = found.results.filter(({ outcome }) => outcome === 'failed' || outcome === 'advice');
    expect({ failed: short.map(one => one.case.id), causes: found.causes.map(({ id }) => id) }).toEqual({
      failed: inOrder,
      causes,
    });
    expect(JSON.stringify(found.causes)).not.toMatch(/\bfin\b/i);
  });
});

test('every case that doesn’t apply to Fin fails some receiver', () => {
  const unproved = allCases
    .filter(one => levelOf(one) !== 'info' && one.group !== 'effects')
    .filter(({ id }) => !finCases.some(one => one.id === id))
    .filter(({ id }) => !mutants.some(({ failed }) => failed.includes(id)));
  expect(unproved.map(({ id }) => id)).toEqual([]);
});
