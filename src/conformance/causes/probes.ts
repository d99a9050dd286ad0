import { createSecretKey } from 'node:crypto';
import type { Header } from '../../http/header.js';
import { hasCatalogue, schemes } from '../../scheme/schemes.js';
import { usualBodies } from '../../scheme/explain/body/bodies.js';
import { bodyMaterial } from '../../scheme/explain/body/material.js';
import { candidatesOf, type Mistake } from '../../scheme/explain/hypothesis.js';
import { jsonForms } from '../../scheme/explain/json/forms.js';
import { tokensOf } from '../../scheme/explain/json/tokens.js';
import { writtenSecret } from '../../scheme/secret.js';
import { usualSecretHypotheses } from '../../scheme/explain/secret/usual.js';
import type { Delivery } from '../case.js';
import type { Probe } from './cause.js';
import { inOtherUnit } from '../cases/stamps.js';
import { missingIn, type Feature } from '../features.js';
import type { Kit } from '../kit.js';
import { otherSchemeProbes } from './other-schemes.js';
import { forged, jsonBody, signed } from '../signed.js';
import { jsonIn } from '../../json/parse.js';

/** A customer's name on which serialisers differ. */
const telling = "Zoë & <Åsa>/O'+";

/** An indented body, signed in each of its re-serialised forms. */
export function* reserialisedProbes(kit: Kit): Generator<Probe> {
  const body = tellingBody(kit);
  const tokens = tokensOf(body);
  if (!tokens) return;
  for (const { text, mistake } of jsonForms(tokens).usual()) yield bodyProbe(kit, body, { bytes: Buffer.from(text), mistake: mistake() }); // prettier-ignore
}

/** Deliveries signed in each of the common wrong ways: a receiver with the same mistake accepts them. */
export function* signingProbes(kit: Kit): Generator<Probe> {
  const isHmac = kit.secret.key.type === 'secret';
  if (isHmac) yield* secretProbes(kit);
  yield* timeProbes(kit);
  if (isHmac) yield* spellingProbes(kit);
  yield* headerProbes(kit);
  if (isHmac) yield* algorithmProbes(kit);
  if (isHmac) yield* otherSchemeProbes(kit);
  const body = tellingBody(kit);
  const material = bodyMaterial({ body, headers: [], method: 'POST' });
  for (const { bytes, mistakes, findings } of usualBodies(material)) {
    const [mistake] = findings();
    if (mistake && mistakes === 1) yield bodyProbe(kit, body, { bytes, mistake });
  }
}

const has = ({ traits }: Kit, feature: Feature): boolean => missingIn([feature], traits) === undefined;

const tellingBody = (kit: Kit): Uint8Array =>
  has(kit, 'object') ? jsonBody(jsonIn(kit.body({ first_name: telling })), 3) : kit.body();

function bodyProbe(kit: Kit, body: Uint8Array, { bytes, mistake }: { bytes: Uint8Array; mistake: Mistake }): Probe {
  const words = mistake.words.replace(/^.*the signature matches/, 'it verifies');
  return {
    cause: { id: mistake.id, words: `${words}, not the bytes that arrived`, fix: mistake.remedy },
    delivery: forged(kit, body, { signature: (_, sign) => sign(bytes) }),
  };
}

function* secretProbes(kit: Kit): Generator<Probe> {
  const bytes = writtenSecret(kit.secret);
  yield* keyProbe(kit, bytes, undecoded);
  for (const { bytes: used, finding } of candidatesOf('secret', usualSecretHypotheses, { bytes }))
    yield* keyProbe(kit, used, {
      id: finding.id,
      words: finding.words.replace('it was made', 'it verifies'),
      fix: finding.remedy,
    });
}

const undecoded = {
  id: 'secret-undecoded',
  words: 'it verifies with the text of the secret, not with the bytes it encodes',
  fix: 'strip the prefix of the secret, if any, and decode the rest before using it as a key',
};

function* keyProbe(kit: Kit, bytes: Uint8Array, cause: Probe['cause']): Generator<Probe> {
  if (bytes.length === 0 || kit.secret.key.equals(createSecretKey(bytes))) return;
  const secret = { key: createSecretKey(bytes), origin: 'a probe' };
  yield { cause, delivery: forged(kit, kit.body(), { signature: (_, sign) => sign(undefined, { secret }) }) };
}

function* timeProbes(kit: Kit): Generator<Probe> {
  const { timestamp } = kit.scheme.definition;
  if (timestamp && timestamp.unit !== 'rfc3339' && has(kit, 'tolerance')) {
    const [unit, other] = timestamp.unit === 'ms' ? ['milliseconds', 'seconds'] : ['seconds', 'milliseconds'];
    yield {
      cause: {
        id: 'timestamp-unit',
        words: `it reads the timestamp's ${unit} as ${other}, so every delivery is outside its tolerance`,
        fix: `read the timestamp as ${unit} since 1970: Date.now() in JavaScript is in milliseconds; clocks elsewhere are often in seconds`,
      },
      delivery: signed(kit, kit.body(), { stamp: { ...kit.stamp(), timestamp: inOtherUnit(kit) } }),
    };
  }
  if (has(kit, 'signed-parts'))
    yield {
      cause: {
        id: 'body-alone',
        words: 'it verifies only the body, and leaves out what else the sender signs',
        fix: `verify ${kit.scheme.definition.signed ?? '{body}'}, each part exactly as it arrived`,
      },
      delivery: forged(kit, kit.body(), { signature: (_, sign) => sign(undefined, { signed: '{body}' }) }),
    };
}

interface Spelling {
  id: string;
  words: string;
  spell: (bytes: Buffer) => string;
}

const spellings: readonly Spelling[] = [
  { id: 'prefix', words: 'sha256= before the signature', spell: bytes => `sha256=${bytes.toString('hex')}` },
  { id: 'hex', words: 'the signature in hexadecimal', spell: bytes => bytes.toString('hex') },
  { id: 'base64', words: 'the signature in base64', spell: bytes => bytes.toString('base64') },
  { id: 'upper-case', words: 'the signature in upper case', spell: bytes => bytes.toString('hex').toUpperCase() },
  { id: 'version', words: 'v1= before the signature', spell: bytes => `v1=${bytes.toString('hex')}` },
  { id: 'base64-prefix', words: 'sha256= and base64', spell: bytes => `sha256=${bytes.toString('base64')}` },
];

function* spellingProbes(kit: Kit): Generator<Probe> {
  const { signatureHeader, encoding, definition } = kit.scheme;
  const { prefix = '' } = definition.signature;
  const sender = hasCatalogue(kit.scheme) ? 'Fin' : 'the sender';
  const form = has(kit, 'bare') ? `only the digits, in ${encodingWords[encoding]}` : `in ${encodingWords[encoding]}, with its prefix and suffix`; // prettier-ignore
  const fix = `compare ${signatureHeader} as ${sender} sends it: ${form}`;
  for (const { id, words, spell } of spellings) {
    const delivery = forged(kit, kit.body(), {
      signature(right) {
        const spelt = spell(Buffer.from(right, encoding));
        // Schemes with this prefix put it on every signature.
        return prefix !== '' && spelt.startsWith(prefix) ? right : spelt;
      },
    });
    if (isRight(kit, delivery)) continue;
    yield { cause: { id: `expects-${id}`, words: `it expects ${words}`, fix }, delivery };
  }
  if (prefix === '' || !has(kit, 'single')) return;
  const delivery = forged(kit, kit.body(), { signature: right => right });
  const headers = delivery.headers.map(([name, value]): Header => [name, name === signatureHeader ? value.slice(prefix.length) : value]); // prettier-ignore
  yield { cause: { id: 'expects-no-prefix', words: `it expects the signature without ${prefix}`, fix }, delivery: { ...delivery, headers } }; // prettier-ignore
}

const encodingWords = { hex: 'lower-case hexadecimal', base64: 'base64', base64url: 'base64url' };

const isRight = ({ scheme, secret, target }: Kit, { method, headers, body }: Delivery): boolean =>
  scheme.verify({ method, headers, body, url: target.url }, [secret]).valid;

/** Generic names, and those of schemes that sign only the body. */
const otherHeaders = [
  'x-signature',
  'x-webhook-signature',
  'x-signature-256',
  'x-fin-webhook-signature',
  'signature',
  'authorization',
  ...Object.values(schemes)
    .filter(({ definition: { signed = '{body}' } }) => signed === '{body}')
    .map(({ signatureHeader }) => signatureHeader),
];

function* headerProbes(kit: Kit): Generator<Probe> {
  const { signatureHeader } = kit.scheme;
  const isOurs = has(kit, 'events');
  // Only that vendor's users would mistakenly use a name that contains the vendor.
  const names = otherHeaders.filter(name => name !== signatureHeader && (isOurs || !name.includes('fin')));
  for (const name of names)
    for (const prefix of has(kit, 'bare') ? ['', 'sha256='] : ['']) {
      const delivery = signed(kit, kit.body());
      const headers = delivery.headers.map(([each, value]): Header => (each === signatureHeader ? [name, prefix + value] : [each, value])); // prettier-ignore
      yield {
        cause: { id: 'expects-another-header', words: `it reads the signature from ${name}`, fix: `read the signature from ${signatureHeader}` }, // prettier-ignore
        delivery: { ...delivery, headers },
      };
    }
}

function* algorithmProbes(kit: Kit): Generator<Probe> {
  const isNamed = kit.scheme.algorithmHeader !== undefined;
  const named = isNamed ? 'which the request names' : 'like the sender';
  for (const name of ['sha1', 'sha256', 'sha512', 'sha384', 'md5'].filter(each => each !== kit.algorithm))
    for (const algorithm of isNamed ? [name, null] : [null])
      yield {
        cause: { id: 'expects-another-algorithm', words: `it verifies with ${name}`, fix: `verify with ${kit.algorithm}, ${named}` }, // prettier-ignore
        delivery: forged(kit, kit.body(), { signature: (_, sign) => sign(undefined, { algorithm: name }), algorithm }),
      };
}
