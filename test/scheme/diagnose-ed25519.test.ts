import { createHmac, sign as signBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Header } from '../../src/http/header.js';
import { fromSeed } from '../../src/scheme/ed25519.js';
import { diagnose } from '../../src/scheme/explain/diagnose.js';
import { Scheme } from '../../src/scheme/scheme.js';
import { schemes } from '../../src/scheme/schemes.js';
import { createSecret, type Secret } from '../../src/scheme/secret.js';
import { body, idsOf, key, now, secretOf } from './mistakes/mistaken.js';

describe('ed25519', () => {
  const { key: privateKey, publicKey } = fromSeed(Buffer.from('a seed of thirty-two bytes, truly'.slice(0, 32)));
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const scheme = schemes['standard-webhooks'];
  const secret = createSecret(Buffer.from(`whpk_${raw.toString('base64')}`), 'the test', scheme.secrets);
  const prefix = 'msg_0.1769851800.';
  const timed: Header[] = [['webhook-id', 'msg_0'], ['webhook-timestamp', '1769851800']]; // prettier-ignore

  interface Told {
    write?: (signature: Buffer) => string;
    arrived?: Buffer;
    secrets?: Secret[];
  }

  function told(content: string, { write = digest => `v1a,${digest.toString('base64')}`, ...rest }: Told = {}) {
    const { arrived = body, secrets = [secret] } = rest;
    const value = write(signBytes(null, Buffer.from(content), privateKey));
    const message = { method: 'POST', body: arrived, headers: [...timed, ['webhook-signature', value] as const] };
    expect(scheme.verify(message, secrets, now).valid).toBe(false);
    return idsOf(diagnose(message, { secrets }, scheme));
  }

  test('finds the wrong signed content', () => {
    expect(told(body.toString())).toEqual(['body-alone']);
    expect(told(`1769851800.${body.toString()}`)).toEqual(['id-left-out']);
    expect(told(`${prefix}{"a":1}`, { arrived: Buffer.from('{"a": 1}') })).toEqual(['json-compact']);
  });

  test('finds a signature in another spelling, or under the other kind of key', () => {
    expect(told(prefix + body.toString(), { write: digest => `v1a,${digest.toString('hex')}` })).toEqual(['hex']);
    expect(told(prefix + body.toString(), { write: digest => `v1,${digest.toString('base64')}` })).toEqual(['version']);
    expect(told(prefix + body.toString(), { write: digest => digest.toString('base64') })).toEqual(['form']);
  });

  test('reports a request that only offers the other kind', () => {
    expect(told('something else', { secrets: [secretOf(scheme)] })).toEqual(['only-ed25519']);
    const hmac = createHmac('sha256', key).update(prefix).update(body).digest('base64');
    expect(told('', { write: () => `v1,${hmac}` })).toEqual(['only-hmac']);
  });

  test('reports an HMAC made with the key', () => {
    const hmac = createHmac('sha256', raw).update(prefix).update(body).digest('base64');
    expect(told('', { write: () => `v1,${hmac}` })).toEqual(['hmac-for-ed25519']);
  });

  test('reports that another key can’t be found, and ends the search', () => {
    const other = fromSeed(Buffer.alloc(32, 5)).publicKey;
    const message = { method: 'POST', body, headers: [...timed, ['webhook-signature', `v1a,${signBytes(null, body, privateKey).toString('base64')}`] as const] }; // prettier-ignore
    expect(diagnose(message, { secrets: [{ key: other, origin: 'the test' }] }, scheme)).toMatchObject({
      found: false,
    });
    const others = [{ key: publicKey, origin: 'the other' }];
    const found = diagnose(message, { secrets: [{ key: other, origin: 'the test' }], others }, scheme);
    expect(found).toMatchObject({ origin: 'the other', findings: [{ id: 'body-alone' }, { id: 'another-secret' }] });
  });

  test('works with a scheme that has nothing else', () => {
    const alone = new Scheme('any', { signature: { header: 'x-signature' }, algorithm: 'ed25519', secret: 'hex', signed: '{timestamp}{body}', timestamp: { header: 'x-time', past: null, future: null } }); // prettier-ignore
    const value = signBytes(null, body, privateKey).toString('hex');
    const message = {
      method: 'POST',
      body,
      headers: [
        ['x-time', '1769851800'],
        ['x-signature', value],
      ] as const,
    };
    const secrets = [createSecret(Buffer.from(raw.toString('hex')), 'the test', alone.secrets)];
    expect(idsOf(diagnose(message, { secrets }, alone))).toEqual(['body-alone']);
  });
});
