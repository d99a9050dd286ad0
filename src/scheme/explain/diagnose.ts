import type { Message } from '../message.js';
import type { Scheme } from '../scheme.js';
import type { Secret } from '../secret.js';
import { algorithmFindings } from './algorithm.js';
import { unlimited, type Search, type SearchBudget } from './budget.js';
import { asOwn } from './content/own.js';
import { compositionsOf } from './content/compositions.js';
import { searchEd25519 } from './ed25519.js';
import { readElsewhere } from './elsewhere.js';
import { searchHmac, searchRightHmac } from './hmac.js';
import { otherKind } from './kind.js';
import type { Diagnosis } from './diagnosis.js';
import { noDigest } from './no-digest.js';
import { readSignatures } from './signature.js';
import type { SearchResult, Sought } from './sought.js';
import { timestampFindings } from './timestamps.js';

export { isUnsearched, type Diagnosis } from './diagnosis.js';

/**
 * Finds the common mistake behind a bad signature. Undefined if it matches, if several headers contradict each
 * other, and if there is no signature in any header.
 */
export type Diagnose = (message: Message, secrets: KnownSecrets, scheme: Scheme) => Diagnosis | undefined;

export interface KnownSecrets {
  secrets: readonly Secret[];
  /** Secrets that aren't accepted but may have been used by mistake. */
  others?: readonly Secret[] | undefined;
}

/** Called with what was signed instead of the received body, if a search finds it. It is as personal as the body. */
export type OnSignedBody = (body: Uint8Array) => void;

/** Each search is charged to `budget`. */
export const diagnoseWithin =
  (budget: SearchBudget, onSignedBody?: OnSignedBody): Diagnose =>
  (message, known, scheme) => {
    const claim = scheme.claims.readLoosely(message.headers);
    if (!claim) return scheme.claims.read(message.headers) === 'signature-missing' ? searchElsewhere(message, known, { scheme, budget }) : undefined; // prettier-ignore
    const time = budget.begin();
    if (!time) return { found: false, tried: 0, isComplete: false };
    const sought = soughtIn(message, known, { scheme, claim, readings: readSignatures(claim, scheme), time });
    const result = search(sought);
    time.end();
    if ('reading' in result && result.body) onSignedBody?.(result.body);
    return explain(result, sought);
  };

export const diagnose: Diagnose = diagnoseWithin(unlimited);

const soughtIn = (
  message: Message,
  { secrets, others = [] }: KnownSecrets,
  rest: Pick<Sought, 'scheme' | 'claim' | 'readings' | 'time'>,
): Sought => ({ message, secrets, others, ...rest, compositions: compositionsOf(rest.scheme, message, rest.claim) });

/** An ed25519 key can't explain an HMAC, and vice versa. */
function search(sought: Sought): SearchResult {
  const byEd25519 = searchEd25519(sought);
  if (byEd25519 && 'reading' in byEd25519) return byEd25519;
  const byHmac = searchHmac(sought);
  if (!byEd25519 || 'reading' in byHmac) return byHmac;
  return { tried: byHmac.tried + byEd25519.tried, isComplete: byHmac.isComplete && byEd25519.isComplete };
}

function searchElsewhere(
  message: Message,
  known: KnownSecrets,
  { scheme, budget }: { scheme: Scheme; budget: SearchBudget },
): Diagnosis | undefined {
  const { claim, readings } = readElsewhere(message.headers, scheme);
  const time: Search | undefined = readings.length === 0 ? undefined : budget.begin();
  if (!time) return undefined;
  const sought = soughtIn(message, known, { scheme, claim, readings, time });
  const result = searchRightHmac(sought);
  time.end();
  return 'reading' in result ? explain(result, sought) : undefined;
}

function explain(result: SearchResult, { message, secrets, claim, scheme }: Sought): Diagnosis | undefined {
  const odd = 'reading' in result ? undefined : (noDigest(claim, secrets) ?? otherKind(claim, secrets, scheme));
  if (odd) return { found: true, origin: odd.origin, secrets: secrets.length, findings: [odd.finding] };
  if (!('reading' in result)) return { found: false, ...result, ...lossOf(message.body) };
  const { findings, origin, reading } = result;
  const algorithm = algorithmFindings(reading.algorithm, claim.algorithm ?? scheme.algorithms[0] ?? '', scheme);
  const all = [...findings, ...algorithm, ...reading.findings, ...timestampFindings(claim, scheme)];
  return all.length === 0
    ? undefined
    : { found: true, origin, secrets: secrets.length, findings: all.map(finding => asOwn(finding, scheme)) };
}

/** Recognises a body whose end is missing. Reports only what is certain. */
function lossOf(body: Uint8Array): { isEmpty?: true; isCutShort?: true } {
  if (body.length === 0) return { isEmpty: true };
  if (body.length > longestRead || (body[0] !== 0x7b && body[0] !== 0x5b)) return {};
  return endsEarly(Buffer.from(body).toString()) ? { isCutShort: true } : {};
}

/** In bytes. */
const longestRead = 1024 * 1024;

/** Whether a string, an object or an array is never closed. A loop, since a regular expression may take quadratic time. */
function endsEarly(text: string): boolean {
  let [depth, isInString] = [0, false];
  for (let index = 0; index < text.length; index += 1) {
    const mark = text.charAt(index);
    if (mark === '"') isInString = !isInString;
    else if (isInString) index += mark === '\\' ? 1 : 0;
    else if (mark === '{' || mark === '[') depth += 1;
    else if (mark === '}' || mark === ']') depth -= 1;
  }
  return isInString || depth > 0;
}
