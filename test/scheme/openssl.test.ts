import { spawnSync } from 'node:child_process';
import type { Algorithm } from '../../src/scheme/definition.js';
import { describe, expect, test } from 'vitest';
import { algorithmHeader, signatureHeader, algorithms } from '../support/fin.js';
import { sign, verify } from '../support/fin.js';
import { secretFromKey } from '../../src/scheme/secret.js';

/** What another implementation makes of the same bytes. */
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
  ['bytes that are no text, a byte order mark and both kinds of line end', Buffer.from('efbbbf7b00ff0d0a0afffe80c37d0d0a', 'hex')], // prettier-ignore
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
