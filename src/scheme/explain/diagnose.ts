import { createSecretKey, type KeyObject } from 'node:crypto';
import type { LooseClaim } from '../claim.js';
import type { Message } from '../message.js';
import type { Scheme } from '../scheme.js';
import type { Secret } from '../secret.js';
import { algorithmFindings, type TriedAlgorithm } from './algorithm.js';
import { unusualBodies, usualBodies, type BodyCandidate } from './body/bodies.js';
import { bodyMaterial } from './body/material.js';
import { unlimited, type Search, type SearchBudget } from './budget.js';
import type { Diagnosis } from './diagnosis.js';
import { candidatesOf, type Finding } from './hypothesis.js';
import { secretHypotheses } from './secret/all.js';
import { usualSecretHypotheses } from './secret/usual.js';
import { noDigest } from './no-digest.js';
import { readSignatures, type Reading } from './signature.js';
import { uses } from './use.js';

export { isUnsearched, type Diagnosis } from './diagnosis.js';

/** A request, and the target that it was sent to, where it is known. */
type Captured = Message & { target?: string };

/**
 * Explains by common mistakes why a signature doesn't match. Undefined if it matches, if there is none, and if several
 * headers contradict each other.
 */
export type Diagnose = (message: Captured, secrets: KnownSecrets, scheme: Scheme) => Diagnosis | undefined;

export interface KnownSecrets {
  secrets: readonly Secret[];
  /** Secrets that aren't accepted, but may have been used by mistake. */
  others?: readonly Secret[] | undefined;
}

/** Each search is charged to `budget`. */
export const diagnoseWithin =
  (budget: SearchBudget): Diagnose =>
  (message, { secrets, others = [] }, scheme) => {
    const claim = scheme.claims.readLoosely(message.headers);
    if (!claim) return undefined;
    const time = budget.begin();
    if (!time) return { found: false, tried: 0, isComplete: false };
    const sought = { message, secrets, others, scheme, claim, readings: readSignatures(claim, scheme), time };
    const result = search(sought);
    time.end();
    return explain(result, sought);
  };

export const diagnose: Diagnose = diagnoseWithin(unlimited);

function explain(result: SearchResult, { message, secrets, claim, scheme }: Sought): Diagnosis | undefined {
  const odd = 'reading' in result ? undefined : noDigest(claim, secrets);
  if (odd) return { found: true, origin: odd.origin, secrets: secrets.length, findings: [odd.finding] };
  if (!('reading' in result)) return { found: false, ...result, ...(message.body.length === 0 && { isEmpty: true }) };
  const { findings, origin, reading } = result;
  const algorithm = algorithmFindings(reading.algorithm, claim.algorithm ?? scheme.algorithms[0] ?? '', scheme);
  const all = [...findings, ...algorithm, ...reading.findings];
  return all.length === 0 ? undefined : { found: true, origin, secrets: secrets.length, findings: all };
}

interface Sought {
  message: Captured;
  secrets: readonly Secret[];
  others: readonly Secret[];
  scheme: Scheme;
  claim: LooseClaim;
  readings: readonly Reading[];
  time: Search;
}

/** A way to make a signature. `digests` makes it, or several, and `cost` is about how many bytes that hashes. */
interface Trial {
  findings: () => readonly Finding[];
  origin: string;
  cost: number;
  digests: (algorithm: TriedAlgorithm) => Iterable<Buffer>;
}

type SearchResult =
  { findings: readonly Finding[]; origin: string; reading: Reading } | { tried: number; isComplete: boolean };

/** The most bytes to hash and to write: they take less than a second on a slow machine. */
const mostBytes = 96 * 2 ** 20;

function search(sought: Sought): SearchResult {
  // The first that matches is named, and a weak one may be sent beside the right one.
  const allowed = (name: string) => sought.scheme.algorithms.some(each => each === name);
  const algorithms = new Set(
    sought.readings.map(({ algorithm }) => algorithm).sort((a, b) => Number(allowed(b)) - Number(allowed(a))),
  );
  let [tried, spent] = [0, 0];
  if (algorithms.size === 0) return { tried, isComplete: true };
  for (const { findings, origin, cost, digests } of trials(sought)) {
    if (spent > mostBytes || sought.time.isOver()) return { tried, isComplete: false };
    for (const { algorithm, digest } of made(digests, algorithms)) {
      const reading = sought.readings.find(each => each.algorithm === algorithm && each.matches(digest));
      if (reading) return { findings: findings(), origin, reading };
      tried += 1;
      spent += cost;
    }
  }
  return { tried, isComplete: true };
}

function* made(digests: Trial['digests'], algorithms: Iterable<TriedAlgorithm>) {
  for (const algorithm of algorithms) for (const digest of digests(algorithm)) yield { algorithm, digest };
}

/** No mistake, then one, then two that usually come together. Each body and each key is made once, and not before it is needed. */
function* trials(sought: Sought): Generator<Trial> {
  const { message, secrets, others } = sought;
  const asItIs: BodyCandidate = { bytes: message.body, mistakes: 0, findings: () => [] };
  const asTheyAre = secrets.map((secret): Key => ({ ...secret, findings: [] }));
  const keysIn = (table: typeof secretHypotheses) => secrets.flatMap(secret => [...keysOf(secret, table)]);
  const pairs = pairsIn(sought);
  const material = bodyMaterial(message);
  const bodies: BodyCandidate[] = [];
  yield* pairs([asItIs], asTheyAre);
  yield* pairs(kept(usualBodies(material), bodies), asTheyAre);
  yield* pairs([asItIs], keysIn(secretHypotheses));
  yield* pairs(
    [asItIs, ...bodies],
    others.map((secret): Key => ({ ...secret, findings: [anotherSecret] })),
  );
  const usualKeys = keysIn(usualSecretHypotheses);
  yield* otherUses(sought, [...asTheyAre, ...usualKeys]);
  yield* pairs(bodies, usualKeys);
  yield* pairs(unusualBodies(material), asTheyAre);
}

const anotherSecret: Finding = {
  about: 'secret',
  id: 'another-secret',
  words: 'it was made with another secret that is known here',
  remedy: 'use the same secret on both sides: that of the same profile or environment',
};

/** Passes bodies on, and keeps the first in which one thing is wrong: they are tried again with mistaken secrets. */
function* kept(bodies: Iterable<BodyCandidate>, to: BodyCandidate[]): Generator<BodyCandidate> {
  for (const body of bodies) {
    if (to.length < mostPaired && body.mistakes === 1) to.push(body);
    yield body;
  }
}

/** The most bodies that are tried with a mistaken secret as well. */
const mostPaired = 64;

interface Key {
  key: KeyObject;
  origin: string;
  findings: readonly Finding[];
}

const pairsIn = ({ message, scheme, claim }: Sought) =>
  function* (bodies: Iterable<BodyCandidate>, keys: readonly Key[]): Generator<Trial> {
    for (const body of bodies)
      for (const { key, origin, findings } of keys)
        yield {
          findings: () => [...body.findings(), ...findings],
          origin,
          // Whoever hashes a body has made it first.
          cost: body.bytes.length * 2,
          digests: algorithm => [scheme.hmac({ ...message, body: body.bytes }, claim, { key, algorithm }).digest()],
        };
  };

function* otherUses({ message, scheme, claim }: Sought, keys: readonly Key[]): Generator<Trial> {
  const content = scheme.content(message, claim);
  for (const { key, origin, findings } of keys)
    for (const { digests, ...mistake } of uses)
      yield {
        findings: () => [{ about: 'hmac', ...mistake }, ...findings],
        origin,
        cost: content.length,
        digests: algorithm => digests({ key, content, algorithm }),
      };
}

function* keysOf({ key, origin }: Secret, table: typeof secretHypotheses): Generator<Key> {
  for (const { bytes, finding } of candidatesOf('secret', table, { bytes: key.export() }))
    yield { key: createSecretKey(bytes), origin, findings: [finding] };
}
