import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Algorithm } from '../../src/scheme/definition.js';
import { describe, expect, test } from 'vitest';
import { algorithmHeader, signatureHeader, algorithms } from '../support/fin.js';
import { sign, verify } from '../support/fin.js';
import { schemes } from '../../src/scheme/schemes.js';
import { createSecret, secretFromKey, type Secret } from '../../src/scheme/secret.js';
import { temporaryFolder } from '../support/folder.js';

/** The signature that another implementation makes of the same bytes. */
function openssl(body: Uint8Array, key: Uint8Array, algorithm: Algorithm): string {
  const hexKey = `hexkey:${Buffer.from(key).toString('hex')}`;
  const { stdout, status } = spawnSync(
    'openssl',
    ['dgst', `-${algorithm}`, '-mac', 'HMAC', '-macopt', hexKey, '-binary'],
    { input: body },
  );
  expect(status).toBe(0);
  return stdout.toString('hex');
}

const bodies: [string, Uint8Array][] = [
  ['bytes that aren’t text, a byte order mark and both kinds of line end', Buffer.from('efbbbf7b00ff0d0a0afffe80c37d0d0a', 'hex')], // prettier-ignore
  ['all 256 bytes', Uint8Array.from({ length: 256 }, (_, byte) => byte)],
  ['a final newline', Buffer.from('{"hello":"wörld"}\n')],
  ['100,000 bytes', Buffer.alloc(100_000, 'Fin')],
];

const keys: [string, Uint8Array][] = [
  ['a short', Buffer.from('test_secret')],
  ['a binary', Buffer.from('00ff0d0a80', 'hex')],
  ['a very long', Buffer.alloc(300, 'k')],
];

describe.each(algorithms)('%s agrees with openssl', algorithm => {
  describe.each(keys)('under %s secret', (_, key) => {
    const secret = secretFromKey(key, 'the test');

    test.each(bodies)('about %s', (_, body) => {
      const theirs = openssl(body, key, algorithm);
      const headers = [
        [signatureHeader, theirs],
        [algorithmHeader, algorithm],
      ] as const;
      expect(sign(body, secret, algorithm)).toBe(theirs);
      expect(verify(body, headers, [secret])).toEqual({ valid: true, algorithm, secret });
      expect(verify(Buffer.concat([body, Buffer.from([0])]), headers, [secret])).toMatchObject({ valid: false });
    });
  });
});

test("Standard Webhooks' ed25519 agrees with openssl, for every form of a key", () => {
  const scheme = schemes['standard-webhooks'];
  const folder = temporaryFolder();
  const file = (name: string): string => path.join(folder, name);
  const run = (...argv: string[]): Buffer => execFileSync('openssl', argv, { stdio: ['ignore', 'pipe', 'ignore'] });
  run('genpkey', '-algorithm', 'ed25519', '-out', file('private.pem'));
  const privateDer = run('pkey', '-in', file('private.pem'), '-outform', 'der');
  const publicDer = run('pkey', '-in', file('private.pem'), '-pubout', '-outform', 'der');

  const secretOf = (prefix: string, ...bytes: Buffer[]): Secret =>
    createSecret(Buffer.from(prefix + Buffer.concat(bytes).toString('base64')), 'openssl', scheme.secrets);
  // The key's own bytes are the last 32 of its DER form.
  const [seed, publicKey] = [privateDer.subarray(-32), publicDer.subarray(-32)];
  const privateSecrets = [secretOf('whsk_', privateDer), secretOf('whsk_', seed, publicKey)];
  const publicSecrets = [secretOf('whpk_', publicDer), secretOf('whpk_', publicKey)];

  const body = Buffer.from(bodies[0]![1]);
  const [id, now] = ['msg_1', new Date('2026-01-31T09:30:00Z')];
  writeFileSync(file('content'), Buffer.concat([Buffer.from(`${id}.${now.getTime() / 1000}.`), body]));
  writeFileSync(
    file('signature'),
    run('pkeyutl', '-sign', '-inkey', file('private.pem'), '-rawin', '-in', file('content')),
  );
  const headers = [
    ['webhook-id', id],
    ['webhook-timestamp', String(now.getTime() / 1000)],
    ['webhook-signature', `v1a,${readFileSync(file('signature'), 'base64')}`],
  ] as const;

  const message = { method: 'POST', headers: [], body };
  // The same bytes have the same signature: ed25519 is deterministic.
  for (const secret of privateSecrets) expect(scheme.sign(message, { secret, now, id })).toEqual(headers);
  for (const secret of [...privateSecrets, ...publicSecrets])
    expect(scheme.verify({ ...message, headers }, [secret], now)).toEqual({
      valid: true,
      algorithm: 'ed25519',
      secret,
    });
  for (const secret of publicSecrets)
    expect(() => scheme.sign(message, { secret, now, id })).toThrow('the secret from openssl is a public key');
});
