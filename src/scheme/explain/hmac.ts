import type { TriedAlgorithm } from './algorithm.js';
import { unusualBodies, usualBodies, type BodyCandidate } from './body/bodies.js';
import { bodyMaterial } from './body/material.js';
import { hmacOf, type Composition } from './content/compositions.js';
import type { Finding } from './hypothesis.js';
import { mistakenKeys, ownKeys, type Key } from './secret/keys.js';
import { anotherSecret, type SearchResult, type Sought } from './sought.js';
import { uses } from './use.js';

/**
 * A way to make a signature. `digests` makes one signature or several, and `cost` is roughly the number of bytes that
 * it hashes.
 */
interface Trial {
  findings: () => readonly Finding[];
  origin: string;
  /** Undefined if there is none, or if the key and the content were mistaken for each other. */
  body?: Uint8Array;
  cost: number;
  digests: (algorithm: TriedAlgorithm) => Iterable<Buffer>;
}

/** The maximum number of bytes to hash and to write, which takes less than a second on a slow machine. */
const mostBytes = 96 * 2 ** 20;

/** Finds out what an HMAC was made of. */
export function searchHmac(sought: Sought): SearchResult {
  return runTrials(trials(sought), sought);
}

/** Looks only for a valid HMAC in the wrong place: of the signed content, or of only the body. */
export function searchRightHmac(sought: Sought): SearchResult {
  const { message, compositions, secrets } = sought;
  const asItIs = bodyAsItIs(message.body);
  return runTrials(pairsIn(sought)([asItIs], ownKeys(secrets), [compositions.own, ...compositions.shorter()]), sought);
}

function runTrials(all: Iterable<Trial>, { readings, scheme, time }: Sought): SearchResult {
  // The first match is reported, and a sender may send a weak one along with the valid one.
  const allowed = (name: string) => scheme.algorithms.some(each => each === name);
  const algorithms = new Set(
    readings.map(({ algorithm }) => algorithm).sort((a, b) => Number(allowed(b)) - Number(allowed(a))),
  );
  let [tried, spent] = [0, 0];
  if (algorithms.size === 0) return { tried, isComplete: true };
  for (const { findings, origin, body, cost, digests } of all) {
    if (spent > mostBytes || time.isOver()) return { tried, isComplete: false };
    for (const { algorithm, digest } of made(digests, algorithms)) {
      const reading = readings.find(each => each.algorithm === algorithm && each.matches(digest));
      if (reading) return { findings: findings(), origin, reading, body };
      tried += 1;
      spent += cost;
    }
  }
  return { tried, isComplete: true };
}

function* made(digests: Trial['digests'], algorithms: Iterable<TriedAlgorithm>) {
  for (const algorithm of algorithms) for (const digest of digests(algorithm)) yield { algorithm, digest };
}

/** No mistake, then one, then two that usually come together. Each body and key is made only once, when needed. */
function* trials(sought: Sought): Generator<Trial> {
  const { message, secrets, others, scheme, compositions } = sought;
  const asItIs = bodyAsItIs(message.body);
  const asTheyAre = ownKeys(secrets);
  const pairs = pairsIn(sought);
  const material = bodyMaterial({ ...message, signed: scheme.definition.signed });
  const bodies: BodyCandidate[] = [];
  const isLarge = message.body.length > largestWithUsual;
  yield* pairs([asItIs], asTheyAre);
  yield* pairs([asItIs], asTheyAre, isLarge ? compositions.shorter() : compositions.usual());
  yield* pairs(kept(usualBodies(material), bodies), asTheyAre);
  if (isLarge) yield* pairs([asItIs], asTheyAre, compositions.usual());
  yield* pairs([asItIs], mistakenKeys(secrets, scheme, { usual: false }));
  yield* pairs([asItIs], asTheyAre, compositions.others());
  yield* pairs([asItIs, ...bodies], ownKeys(others, [anotherSecret]));
  const usualKeys = mistakenKeys(secrets, scheme, { usual: true });
  yield* otherUses(sought, [...asTheyAre, ...usualKeys]);
  const shorter = compositions.shorter();
  yield* pairs([asItIs], usualKeys, shorter);
  yield* pairs(bodies, asTheyAre, shorter);
  yield* pairs(bodies, usualKeys);
  if (message.body.length <= largestWithRare) yield* pairs([asItIs], asTheyAre, compositions.rare());
  yield* pairs(unusualBodies(material), asTheyAre);
}

/** In bytes: around larger bodies, only the most likely content is tried before other bodies. */
const largestWithUsual = 256 * 1024;

/** In bytes. */
const largestWithRare = 4 * 1024;

const bodyAsItIs = (bytes: Uint8Array): BodyCandidate => ({ bytes, mistakes: 0, findings: () => [] });

/** Passes bodies through, and keeps the first ones with one mistake, to try them with mistaken secrets, too. */
function* kept(bodies: Iterable<BodyCandidate>, to: BodyCandidate[]): Generator<BodyCandidate> {
  for (const body of bodies) {
    if (to.length < mostPaired && body.mistakes === 1) to.push(body);
    yield body;
  }
}

/** The maximum number of bodies to try with a mistaken secret, too. */
const mostPaired = 64;

/** Several bodies need a list of compositions, to iterate over it again for each body. */
const pairsIn = ({ message, claim, compositions: { own } }: Sought) =>
  function* (
    bodies: Iterable<BodyCandidate>,
    keys: readonly Key[],
    compositions: Iterable<Composition> = [own],
  ): Generator<Trial> {
    // Making bodies takes time, too, which would otherwise not be counted.
    if (keys.length === 0) return;
    for (const body of bodies)
      for (const composition of compositions)
        for (const { key, origin, findings } of keys)
          yield {
            findings: () => [...body.findings(), ...composition.findings, ...findings],
            origin,
            body: body.bytes,
            // Every hashed body was made first, except the one that arrived.
            cost: body.bytes.length * (composition === own ? 2 : 1),
            digests: algorithm => [
              hmacOf(composition, { message: { ...message, body: body.bytes }, values: claim }, { key, algorithm }).digest(), // prettier-ignore
            ],
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
