import { verify } from 'node:crypto';
import { isForHmac } from './secret/keys.js';
import { anotherSecret, type SearchResult, type Sought } from './sought.js';
import { bodyMaterial } from './body/material.js';
import { usualBodies } from './body/bodies.js';
import type { Composition } from './content/compositions.js';
import type { Finding } from './hypothesis.js';
import { readSignatures } from './signature.js';

/** A verification takes as long as fifty HMACs of a small body. */
const mostVerifications = 128;

/** Finds out what an ed25519 signature was made of. Undefined without a key and a signature. */
export function searchEd25519(sought: Sought): SearchResult | undefined {
  const readings = readSignatures(sought.claim, sought.scheme, 'ed25519');
  const attempts = keysIn(sought).flatMap(key => readings.map(reading => ({ ...key, reading })));
  if (attempts.length === 0) return undefined;
  const { message, claim, time } = sought;
  let [tried, spent] = [0, 0];
  for (const { composition, body, findings } of contents(sought)) {
    if (tried + attempts.length > mostVerifications || spent > mostBytes || time.isOver())
      return { tried, isComplete: false };
    const content = Buffer.concat(composition.parts.map(part => Buffer.from(part({ ...message, body }, claim))));
    const right = attempts.find(({ publicKey, reading }) => verify(null, content, publicKey, reading.bytes ?? nothing));
    if (right) return { findings: [...findings, ...right.about], origin: right.origin, body, reading: { ...right.reading, algorithm: 'ed25519' } }; // prettier-ignore
    tried += attempts.length;
    spent += content.length * attempts.length;
  }
  return { tried, isComplete: true };
}

const nothing = Buffer.alloc(0);

/** It hashes more slowly than HMAC, and twice per verification. */
const mostBytes = 16 * 2 ** 20;

const keysIn = ({ secrets, others }: Sought) =>
  [
    ...secrets.map(secret => ({ secret, about: [] as Finding[] })),
    ...others.map(secret => ({ secret, about: [anotherSecret] })),
  ]
    .filter(({ secret }) => !isForHmac(secret))
    .map(({ secret: { key, publicKey = key, origin }, about }) => ({ publicKey, origin, about }));

interface Content {
  composition: Composition;
  body: Uint8Array;
  findings: readonly Finding[];
}

function* contents({ message, scheme, compositions }: Sought): Generator<Content> {
  const { body } = message;
  const { own, usual, others } = compositions;
  yield { composition: own, body, findings: [] };
  for (const composition of usual()) yield { composition, body, findings: composition.findings };
  for (const { bytes, mistakes, findings } of usualBodies(
    bodyMaterial({ ...message, signed: scheme.definition.signed }),
  ))
    if (mistakes === 1) yield { composition: own, body: bytes, findings: findings() };
  for (const composition of others()) yield { composition, body, findings: composition.findings };
}
