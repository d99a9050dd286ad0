import { createSecretKey, type KeyObject } from 'node:crypto';
import { rawPublicKey } from '../../ed25519.js';
import type { Scheme } from '../../scheme.js';
import { writtenSecret, type Secret } from '../../secret.js';
import { candidatesOf, type Finding, type Hypothesis } from '../hypothesis.js';
import { secretHypotheses } from './all.js';
import { encodedSecretHypotheses } from './encoded.js';
import type { SecretMaterial } from './texts.js';
import { usualSecretHypotheses } from './usual.js';

/** A candidate for the key of an HMAC. */
export interface Key {
  key: KeyObject;
  origin: string;
  findings: readonly Finding[];
}

export const isForHmac = ({ key }: Secret): boolean => key.type === 'secret';

/** The secrets that HMAC can use, unchanged. */
export const ownKeys = (secrets: readonly Secret[], findings: readonly Finding[] = []): Key[] =>
  secrets.filter(isForHmac).map(({ key, origin }) => ({ key, origin, findings }));

/** Candidates for wrong keys. `usual`: only the most likely. */
export const mistakenKeys = (secrets: readonly Secret[], scheme: Scheme, { usual }: { usual: boolean }): Key[] =>
  secrets.flatMap(secret => [...keysInPlaceOf(secret, scheme, usual)]);

function* keysInPlaceOf(secret: Secret, scheme: Scheme, usual: boolean): Generator<Key> {
  if (!isForHmac(secret)) {
    if (!usual) yield* keysForEd25519(secret);
    return;
  }
  const { key, text, origin } = secret;
  const [bytes, table] = [key.export(), usual ? usualSecretHypotheses : secretHypotheses];
  if (!text) {
    yield* keysIn(table, { bytes }, { origin });
    return;
  }
  const written = text.export();
  const encoded = encodedSecretHypotheses(scheme.secrets.encoding);
  const material = { bytes, text: written.toString('latin1') };
  if (usual) {
    yield* keysIn(encoded.slice(0, mostUsual), material, { origin });
    return;
  }
  yield* keysIn(encoded, material, { origin });
  yield* keysIn(atItsEnds(usualSecretHypotheses), { bytes }, { origin });
  const [notDecoded] = encoded;
  const { id, words, remedy } = notDecoded ?? { id: '', words: '', remedy: '' };
  yield* keysIn(atItsEnds(table), { bytes: written }, { origin, and: { about: 'secret', id, words, remedy } });
  yield* keysIn(withoutSecret(table), { bytes }, { origin });
}

/** The most likely of a table come first. */
const mostUsual = 4;

function* keysIn<Material extends SecretMaterial>(
  table: readonly Hypothesis<Material>[],
  material: Material,
  { origin, and }: { origin: string; and?: Finding },
): Generator<Key> {
  for (const { bytes, finding } of candidatesOf('secret', table, material))
    yield { key: createSecretKey(bytes), origin, findings: and ? [and, finding] : [finding] };
}

/** Changes at the ends of any key, in any encoding. */
const atItsEnds = (table: typeof secretHypotheses) => table.filter(({ id }) => endings.has(id));

const endings: ReadonlySet<string> = new Set([
  'secret-with-final-lf',
  'secret-with-final-crlf',
  'secret-trimmed',
  'secret-in-quotes',
  'secret-with-blanks',
  'secret-with-name',
  'secret-with-mark',
  'secret-in-utf-16',
  'secret-shortened',
]);

const withoutSecret = (table: typeof secretHypotheses) =>
  table.filter(({ id }) => id === 'secret-not-set' || id === 'secret-placeholder');

/** Code that only knows HMAC uses the key's text or bytes as a secret. */
function* keysForEd25519(secret: Secret): Generator<Key> {
  const { origin, publicKey = secret.key } = secret;
  const raw = rawPublicKey(publicKey);
  for (const bytes of [secret.text === undefined ? undefined : writtenSecret(secret), raw])
    if (bytes) yield { key: createSecretKey(bytes), origin, findings: [hmacForEd25519] };
}

export const hmacForEd25519: Finding = {
  about: 'hmac',
  id: 'hmac-for-ed25519',
  words: 'it is an HMAC with the ed25519 key as its secret',
  remedy:
    'sign with ed25519 and the private key: crypto.sign(null, content, privateKey), SigningKey(seed).sign(content)',
};
