import { expect, test } from 'vitest';
import { casesOf } from './checking.js';
import { createKit, type Kit } from '../../src/conformance/kit.js';
import { isDelivery } from '../../src/conformance/case.js';
import { forged, signed } from '../../src/conformance/signed.js';
import { Scheme } from '../../src/scheme/scheme.js';
import { createSecret } from '../../src/scheme/secret.js';

/** A scheme that has nothing in common with the usual one. */
const prefixed = new Scheme('prefixed', {
  signature: { header: 'X-Other-Signature', prefix: 'v1=', encoding: 'base64' },
  algorithmHeader: { name: 'X-Other-Algorithm', values: ['sha512', 'sha256'] },
});

const kit: Kit = await createKit({
  scheme: prefixed,
  secret: createSecret(Buffer.from('a secret'), 'test'),
  algorithm: 'sha512',
  seed: 1,
  now: new Date('2026-01-31T09:30:00Z'),
  clock: { now: () => new Date('2026-01-31T09:30:00Z') },
  target: { url: new URL('http://127.0.0.1/'), headers: [], version: '0.0.0' },
  slowPause: 1,
});
const body = Buffer.from('{}');

test('A signed delivery verifies with its kit’s scheme.', () => {
  const { method, headers } = signed(kit, body);
  expect(headers.map(([name]) => name)).toEqual(['x-other-signature', 'x-other-algorithm']);
  expect(prefixed.verify({ method, headers, body }, [kit.secret])).toMatchObject({ valid: true, algorithm: 'sha512' });
});

test('A forged signature keeps the scheme’s format, and an omitted one has no header.', () => {
  expect(forged(kit, body, { signature: () => '00$&', algorithm: 'md5' }).headers).toEqual([
    ['x-other-signature', 'v1=00$&'],
    ['x-other-algorithm', 'md5'],
  ]);
  expect(forged(kit, body, { signature: () => undefined, algorithm: null }).headers).toEqual([]);
});

test('No case sends a signature header of another scheme.', () => {
  const cases = casesOf(prefixed).filter(isDelivery);
  const deliveries = cases.flatMap(one => [...one.deliveries(kit)]);
  const names = deliveries.flatMap(({ headers }) => headers.map(([name]) => name.toLowerCase()));
  expect([...new Set(names)].sort()).toEqual(['content-type', 'x-other-algorithm', 'x-other-signature']);
  const spellings = cases.find(({ id }) => id === 'header-case');
  expect([...(spellings?.deliveries(kit) ?? [])].map(({ label }) => label)).toEqual([
    'X-OTHER-SIGNATURE',
    'X-Other-Signature',
  ]);
});
