import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { valuesOf, type Header } from '../http/header.js';
import { algorithmHeader, defaultAlgorithm, signatureHeader } from './algorithms.js';
import { algorithmFindings, algorithmOfLength, type TriedAlgorithm } from './hypotheses/algorithm.js';
import { bodyHypotheses, bodyMaterial } from './hypotheses/body.js';
import { candidatesOf, type Finding } from './hypotheses/hypothesis.js';
import { secretHypotheses } from './hypotheses/secret.js';
import { readSignature, type Reading } from './hypotheses/signature.js';
import type { Secret } from './secret.js';

export interface SignedRequest {
  body: Uint8Array;
  /** As received: in any case, with repetitions. */
  headers: readonly Header[];
}

/** Holds neither a secret nor a right signature. */
export type Diagnosis =
  /** These mistakes together reproduce the signature exactly. `origin` is that of the secret. */
  | { found: true; origin: string; findings: readonly Finding[] }
  /** `tried` signatures were made; not `isComplete` if large bodies ended the search early. */
  | { found: false; tried: number; isComplete: boolean };

/** Why a signature isn't valid, as far as a usual mistake explains it. Undefined if it is valid, missing or ambiguous. */
export function diagnose(request: SignedRequest, secrets: readonly Secret[]): Diagnosis | undefined {
  const claim = claimIn(request.headers);
  if (!claim) return undefined;
  const reading = readSignature(claim.signature);
  const algorithm = reading && algorithmOfLength.get(reading.digest.length);
  if (!algorithm) return { found: false, tried: 0, isComplete: true };
  const result = search(pairsOf(request, secrets), { ...reading, algorithm });
  if (!result.found) return result;
  const findings = [...result.findings, ...algorithmFindings(algorithm, claim.named), ...reading.findings];
  return findings.length === 0 ? undefined : { ...result, findings };
}

function claimIn(headers: readonly Header[]): { signature: string; named: string } | undefined {
  const [signatures, names] = [valuesOf(signatureHeader, headers), valuesOf(algorithmHeader, headers)];
  if (signatures.length > 1 || names.length > 1) return undefined;
  const [signature = '', named = defaultAlgorithm] = [signatures[0], names[0]];
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

function search(pairs: Iterable<Pair>, { algorithm, digest }: Reading & { algorithm: TriedAlgorithm }): Diagnosis {
  let [tried, bytes] = [0, 0];
  for (const { body, key, origin, findings } of pairs) {
    if (bytes > mostBytes) return { found: false, tried, isComplete: false };
    const candidate = createHmac(algorithm, key).update(body).digest();
    if (candidate.length === digest.length && timingSafeEqual(candidate, digest)) {
      return { found: true, origin, findings };
    }
    tried += 1;
    bytes += body.length;
  }
  return { found: false, tried, isComplete: true };
}

/** No mistake, then one, then one of each kind. Each body and each key is made once, and not before it is needed. */
function* pairsOf({ body, headers }: SignedRequest, secrets: readonly Secret[]): Generator<Pair> {
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
