import { createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { valuesOf } from '../../http/header.js';
import type { LooseClaim } from '../claim.js';
import type { Message } from '../message.js';
import type { Scheme } from '../scheme.js';
import type { Secret } from '../secret.js';
import { algorithmFindings } from './algorithm.js';
import { bodyHypotheses, bodyMaterial } from './body.js';
import { unlimited, type Search, type SearchBudget } from './budget.js';
import { candidatesOf, type Finding } from './hypothesis.js';
import { secretHypotheses } from './secret.js';
import { readSignatures, type Reading } from './signature.js';

/** Holds neither a secret nor a right signature. */
export type Diagnosis =
  /** These mistakes together reproduce the signature exactly. `origin` is that of the secret. */
  | { found: true; origin: string; findings: readonly Finding[] }
  /** `tried` signatures were made. If not `isComplete`, a large body or the budget ended the search early, or it never began. */
  | { found: false; tried: number; isComplete: boolean };

/** Whether the search never began, because the budget was used up. */
export const isUnsearched = (diagnosis: Diagnosis): boolean =>
  !diagnosis.found && !diagnosis.isComplete && diagnosis.tried === 0;

/**
 * Explains by common mistakes why a signature doesn't match. Undefined if it matches, if there is none, and if several
 * headers contradict each other.
 */
export type Diagnose = (message: Message, secrets: readonly Secret[], scheme: Scheme) => Diagnosis | undefined;

/** Each search is charged to `budget`. */
export const diagnoseWithin =
  (budget: SearchBudget): Diagnose =>
  (message, secrets, scheme) => {
    const claim = scheme.claims.readLoosely(message.headers);
    if (!claim) return undefined;
    const time = budget.begin();
    if (!time) return { found: false, tried: 0, isComplete: false };
    const sought = { message, scheme, claim, readings: readSignatures(claim, scheme), time };
    const result = search(pairsOf(message, secrets), sought);
    time.end();
    return explain(result, sought);
  };

export const diagnose: Diagnose = diagnoseWithin(unlimited);

function explain(result: SearchResult, { claim, scheme }: Sought): Diagnosis | undefined {
  if (!('pair' in result)) return { found: false, ...result };
  const { pair, reading } = result;
  const algorithm = algorithmFindings(reading.algorithm, claim.algorithm ?? scheme.algorithms[0] ?? '', scheme);
  const findings = [...pair.findings, ...algorithm, ...reading.findings];
  return findings.length === 0 ? undefined : { found: true, origin: pair.origin, findings };
}

/** What may have been signed, and with which key. */
interface Pair {
  body: Uint8Array;
  key: KeyObject;
  origin: string;
  findings: readonly Finding[];
}

interface Sought {
  message: Message;
  scheme: Scheme;
  claim: LooseClaim;
  readings: readonly Reading[];
  time: Search;
}

type SearchResult = { pair: Pair; reading: Reading } | { tried: number; isComplete: boolean };

/** The most bytes to hash: they take less than a second on a slow machine. */
const mostBytes = 96 * 2 ** 20;

function search(pairs: Iterable<Pair>, { message, scheme, claim, readings, time }: Sought): SearchResult {
  const algorithms = new Set(readings.map(({ algorithm }) => algorithm));
  let [tried, bytes] = [0, 0];
  if (algorithms.size === 0) return { tried, isComplete: true };
  for (const pair of pairs) {
    if (bytes > mostBytes || time.isOver()) return { tried, isComplete: false };
    for (const algorithm of algorithms) {
      const digest = scheme.hmac({ ...message, body: pair.body }, claim, { key: pair.key, algorithm }).digest();
      const reading = readings.find(each => each.algorithm === algorithm && timingSafeEqual(each.digest, digest));
      if (reading) return { pair, reading };
      tried += 1;
      bytes += pair.body.length;
    }
  }
  return { tried, isComplete: true };
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
