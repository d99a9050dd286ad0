import { createHmac } from 'node:crypto';
import { expect } from 'vitest';
import type { Header } from '../../../src/http/header.js';
import { diagnose, type Diagnosis } from '../../../src/scheme/explain/diagnose.js';
import type { Scheme } from '../../../src/scheme/scheme.js';
import { createSecret, type Secret } from '../../../src/scheme/secret.js';
import type { Values } from './schemes.js';

export const now = new Date('2026-01-31T09:30:00Z');
export const body = Buffer.from('{"id":"evt_of_body","type":"thing.made"}');
/** Its bytes aren't text, and its base64 has both + and /. */
export const key = Buffer.from('fbff00017f80c3e2f7ef9d5b1c2d3e4f5a6b7c8d9eafb0c1', 'hex');

export const textOf = ({ secrets: { encoding } }: Scheme): string => {
  if (encoding === 'text') return 'whsec_+/8AAX+Aw+L3751b';
  if (encoding === 'hex') return key.toString('hex');
  return `${encoding === 'whsec' ? 'whsec_' : ''}${key.toString('base64')}`;
};

export const secretOf = (scheme: Scheme, text = textOf(scheme)): Secret =>
  createSecret(Buffer.from(text), 'the test', scheme.secrets);

export const keyOf = (scheme: Scheme): Buffer => secretOf(scheme).key.export();

export interface Mistaken {
  /** The signed content, with the request's timestamp and id. */
  content?: (values: Values) => string | Uint8Array;
  used?: string | Uint8Array;
  algorithm?: string;
  /** Changes the encoded digest, then the value of the header. */
  spell?: (digest: Buffer) => string;
  write?: (value: string, digest: string) => string;
  arrived?: Uint8Array;
  headers?: Header[];
}

export const fill = (template: string, { timestamp, id }: Values, text: string | Uint8Array = body): Buffer =>
  Buffer.concat(
    template
      .split(/(\{body\})/)
      .map(piece =>
        piece === '{body}'
          ? Buffer.from(text)
          : Buffer.from(piece.replaceAll('{timestamp}', timestamp).replaceAll('{id}', id)),
      ),
  );

export const signedBy = ({ definition }: Scheme): string => definition.signed ?? '{body}';

/** A request with a mistaken signature, in the scheme's form. */
export function mistaken(
  scheme: Scheme,
  { content, used = keyOf(scheme), headers = [], arrived = body, ...mistake }: Mistaken,
) {
  const {
    algorithm = 'sha256',
    write = (text: string) => text,
    spell = (digest: Buffer) => digest.toString(scheme.encoding),
  } = mistake;
  const bare = { method: 'POST', headers: [], body: arrived };
  const own = scheme.sign(bare, { secret: secretOf(scheme), now, id: 'msg_0' });
  const { timestamp, id } = { timestamp: '', id: '', ...scheme.claims.readLoosely(own) };
  const made = content?.({ timestamp, id }) ?? fill(signedBy(scheme), { timestamp, id }, arrived);
  const digest = spell(createHmac(algorithm, used).update(made).digest());
  const value = write(scheme.form.write(digest, { timestamp, isEd25519: false }), digest);
  const all = own.map(([name, each]): Header => [name, name === scheme.signatureHeader ? value : each]);
  return { ...bare, headers: [...all, ...headers] };
}

export const idsOf = (diagnosis: Diagnosis | undefined): string[] =>
  diagnosis?.found ? diagnosis.findings.map(({ id }) => id) : [`none: ${JSON.stringify(diagnosis)}`];

export function explained(scheme: Scheme, mistake: Mistaken): string[] {
  const message = mistaken(scheme, mistake);
  expect(scheme.verify(message, [secretOf(scheme)], now).valid).toBe(false);
  return idsOf(diagnose(message, { secrets: [secretOf(scheme)] }, scheme));
}
