import { createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { valuesOf } from '../../http/header.js';
import { algorithmFindings, algorithmOfLength, type TriedAlgorithm } from './algorithm.js';
import { bodyHypotheses, bodyMaterial } from './body.js';
import { candidatesOf, type Finding } from './hypothesis.js';
import { secretHypotheses } from './secret.js';
import { readSignature, type Reading } from './signature.js';
import type { Message } from '../message.js';
import type { Scheme } from '../scheme.js';
import type { Secret } from '../secret.js';

/** Holds neither a secret nor a right signature. */
export type Diagnosis =
  /** These mistakes together reproduce the signature exactly. `origin` is that of the secret. */
  | { found: true; origin: string; findings: readonly Finding[] }
  /** `tried` signatures were made; not `isComplete` if large bodies ended the search early. */
  | { found: false; tried: number; isComplete: boolean };

/** Explains why a signature isn't valid, where a usual mistake does. Undefined if it is valid, missing or ambiguous. */
export function diagnose(message: Message, secrets: readonly Secret[], scheme: Scheme): Diagnosis | undefined {
  const claim = claimIn(message, scheme);
  if (!claim) return undefined;
  const reading = readSignature(claim.signature);
  const algorithm = reading && algorithmOfLength.get(reading.digest.length);
  if (!algorithm) return { found: false, tried: 0, isComplete: true };
  const result = search(pairsOf(message, secrets), { message, scheme, claim: { ...reading, algorithm } });
  if (!result.found) return result;
  const findings = [...result.findings, ...algorithmFindings(algorithm, claim.named, scheme), ...reading.findings];
  return findings.length === 0 ? undefined : { ...result, findings };
}

/** The signature as it was written, however that is, and the algorithm that the request names. */
function claimIn({ headers }: Message, scheme: Scheme): { signature: string; named: string } | undefined {
  const { signatureHeader, algorithmHeader, algorithms } = scheme;
  const signatures = valuesOf(signatureHeader, headers);
  const names = algorithmHeader === undefined ? [] : valuesOf(algorithmHeader, headers);
  if (signatures.length > 1 || names.length > 1) return undefined;
  const [signature = '', named = algorithms[0] ?? ''] = [signatures[0], names[0]];
  return signature === '' ? undefined : { signature, named };
}

interface Pair {
  body: Uint8Array;
  key: KeyObject;
  origin: string;
  findings: readonly Finding[];
}

/** Bytes to hash at most: under a second on a slow machine. */
const mostBytes = 96 * 2 ** 20;

interface Search {
  message: Message;
  scheme: Scheme;
  claim: Reading & { algorithm: TriedAlgorithm };
}

function search(pairs: Iterable<Pair>, { message, scheme, claim: { algorithm, digest } }: Search): Diagnosis {
  const signed = scheme.claims.readSigned(message.headers);
  let [tried, bytes] = [0, 0];
  for (const { body, key, origin, findings } of pairs) {
    if (bytes > mostBytes) return { found: false, tried, isComplete: false };
    const candidate = scheme.hmac({ ...message, body }, signed, { key, algorithm }).digest();
    if (candidate.length === digest.length && timingSafeEqual(candidate, digest)) {
      return { found: true, origin, findings };
    }
    tried += 1;
    bytes += body.length;
  }
  return { found: false, tried, isComplete: true };
}

/** No mistake, then one, then one of each kind. Each body and each key is made once, and not before it is needed. */
function* pairsOf({ body, headers }: Pick<Message, 'body' | 'headers'>, secrets: readonly Secret[]): Generator<Pair> {
  for (const { key, origin } of secrets) yield { body, key, origin, findings: [] };
  const encoding = valuesOf('content-encoding', headers).join(', ').toLowerCase();
  const bodies: Pick<Pair, 'body' | 'findings'>[] = [{ body, findings: [] }];
  for (const { bytes, finding } of candidatesOf('body', bodyHypotheses, bodyMaterial(body, encoding))) {
    const candidate = { body: bytes, findings: [finding] };
    bodies.push(candidate);
    for (const { key, origin } of secrets) yield { ...candidate, key, origin };
  }
  const keys = secrets.flatMap(secret => keysOf(secret));
  for (const candidate of bodies) {
    for (const { key, origin, finding } of keys) {
      yield { body: candidate.body, key, origin, findings: [...candidate.findings, finding] };
    }
  }
}

const keysOf = ({ key, origin }: Secret): { key: KeyObject; origin: string; finding: Finding }[] =>
  Array.from(candidatesOf('secret', secretHypotheses, { bytes: key.export() }), ({ bytes, finding }) => ({
    key: createSecretKey(bytes),
    origin,
    finding,
  }));
