import { createSecretKey } from 'node:crypto';
import type { Header } from '../../http/header.js';
import { usualBodies } from '../../scheme/explain/body/bodies.js';
import { bodyMaterial } from '../../scheme/explain/body/material.js';
import { candidatesOf, type Mistake } from '../../scheme/explain/hypothesis.js';
import { jsonForms } from '../../scheme/explain/json/forms.js';
import { tokensOf } from '../../scheme/explain/json/tokens.js';
import { usualSecretHypotheses } from '../../scheme/explain/secret/usual.js';
import type { Delivery } from '../case.js';
import type { Kit } from '../kit.js';
import { forged } from '../signed.js';

/** A delivery that a right receiver refuses, and what is wrong with one that accepts it. */
export interface Probe {
  cause: { id: string; words: string; fix: string };
  delivery: Delivery;
}

/** What a body has to have in it for serialisers to differ, in the name of a customer. */
const telling = "Zoë & <Åsa>/O'+";

/** An indented event with a signature of its re-serialised forms. */
export function* reserialisedProbes(kit: Kit): Generator<Probe> {
  const body = tellingBody(kit);
  const tokens = tokensOf(body);
  if (!tokens) return;
  for (const { text, mistake } of jsonForms(tokens).usual()) yield bodyProbe(kit, body, { bytes: Buffer.from(text), mistake: mistake() }); // prettier-ignore
}

/** An event signed in each of the usual wrong ways: a receiver with that mistake accepts it. */
export function* signingProbes(kit: Kit): Generator<Probe> {
  yield* secretProbes(kit);
  yield* spellingProbes(kit);
  yield* headerProbes(kit);
  yield* algorithmProbes(kit);
  const body = tellingBody(kit);
  const material = bodyMaterial({ body, headers: [], method: 'POST' });
  for (const { bytes, mistakes, findings } of usualBodies(material)) {
    const [mistake] = findings();
    if (mistake && mistakes === 1) yield bodyProbe(kit, body, { bytes, mistake });
  }
}

const tellingBody = (kit: Kit): Uint8Array =>
  Buffer.from(JSON.stringify(JSON.parse(Buffer.from(kit.event({ set: { 'data.first_name': telling } })).toString()), null, 3)); // prettier-ignore

function bodyProbe(kit: Kit, body: Uint8Array, { bytes, mistake }: { bytes: Uint8Array; mistake: Mistake }): Probe {
  const words = mistake.words.replace('the signature matches', 'it verifies');
  return {
    cause: { id: mistake.id, words: `${words}, not the bytes that arrived`, fix: mistake.remedy },
    delivery: forged(kit, body, { signature: kit.signature(bytes), algorithm: kit.algorithm }),
  };
}

function* secretProbes(kit: Kit): Generator<Probe> {
  const material = { bytes: kit.secret.key.export() };
  for (const { bytes, finding } of candidatesOf('secret', usualSecretHypotheses, material)) {
    const body = kit.event();
    const signature = kit.signature(body, { key: createSecretKey(bytes), origin: 'a probe' });
    yield {
      cause: { id: finding.id, words: finding.words.replace('it was made', 'it verifies'), fix: finding.remedy },
      delivery: forged(kit, body, { signature, algorithm: kit.algorithm }),
    };
  }
}

interface Spelling {
  id: string;
  words: string;
  spell: (hex: string) => string;
}

const spellings: readonly Spelling[] = [
  { id: 'prefix', words: 'sha256= before the signature', spell: hex => `sha256=${hex}` },
  { id: 'base64', words: 'the signature in base64', spell: hex => Buffer.from(hex, 'hex').toString('base64') },
  { id: 'upper-case', words: 'the signature in upper case', spell: hex => hex.toUpperCase() },
  { id: 'version', words: 'v1= before the signature', spell: hex => `v1=${hex}` },
  {
    id: 'base64-prefix',
    words: 'sha256= and base64',
    spell: hex => `sha256=${Buffer.from(hex, 'hex').toString('base64')}`,
  },
];

function* spellingProbes(kit: Kit): Generator<Probe> {
  for (const { id, words, spell } of spellings) {
    const body = kit.event();
    yield {
      cause: { id: `expects-${id}`, words: `it expects ${words}`, fix: `compare ${kit.scheme.signatureHeader} as Fin sends it: the digits alone, in lower-case hexadecimal` }, // prettier-ignore
      delivery: forged(kit, body, { signature: spell(kit.signature(body)), algorithm: kit.algorithm }),
    };
  }
}

const otherHeaders = ['x-signature', 'x-hub-signature-256', 'x-webhook-signature', 'webhook-signature', 'x-signature-256', 'x-fin-webhook-signature', 'signature', 'authorization']; // prettier-ignore

function* headerProbes(kit: Kit): Generator<Probe> {
  for (const name of otherHeaders)
    for (const prefix of ['', 'sha256=']) {
      const body = kit.event();
      const header: Header = [name, prefix + kit.signature(body)];
      yield {
        cause: { id: 'expects-another-header', words: `it reads the signature from ${name}`, fix: `read the signature from ${kit.scheme.signatureHeader}` }, // prettier-ignore
        delivery: forged(kit, body, { signature: undefined, algorithm: kit.algorithm, headers: [header] }),
      };
    }
}

function* algorithmProbes(kit: Kit): Generator<Probe> {
  for (const name of ['sha1', 'sha512', 'sha384', 'md5'].filter(each => each !== kit.algorithm))
    for (const named of [name, undefined]) {
      const body = kit.event();
      yield {
        cause: { id: 'expects-another-algorithm', words: `it verifies with ${name}`, fix: `verify with ${kit.algorithm}, which the request names` }, // prettier-ignore
        delivery: forged(kit, body, { signature: kit.hmac(body, name), algorithm: named }),
      };
    }
}
