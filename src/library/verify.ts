import type { Header } from '../http/header.js';
import type { Algorithm } from '../scheme/definition.js';
import type { Diagnosis } from '../scheme/explain/diagnose.js';
import type { Finding } from '../scheme/explain/hypothesis.js';
import type { Message } from '../scheme/message.js';
import { recognise } from '../scheme/recognise.js';
import type { Scheme, SignatureReason, Verification } from '../scheme/scheme.js';
import { hasCatalogue, schemes } from '../scheme/schemes.js';
import type { Secret } from '../scheme/secret.js';
import { signatureWords } from '../scheme/words.js';
import { UsageError } from '../errors.js';
import { receivedBytes } from './body.js';
import { systemClock } from './clock.js';
import { headersOf, type HeadersLike } from './headers.js';
import {
  schemeChecks,
  schemeOf,
  secretsOf,
  toleranceChecks,
  type SchemeOptions,
  type ToleranceOptions,
} from './options.js';
import { checkOptions, date, orNull, type Checks } from './shape.js';

export interface VerifyOptions extends SchemeOptions, ToleranceOptions {
  /** The time to compare a signed time with. Default: now. Null: any signed time is valid. */
  now?: Date | null | undefined;
}

/** A received request, in the form of Node, Express, Fastify or a test. */
export interface RequestLike {
  headers: HeadersLike;
  /** Node's flat list, which keeps repeated headers apart. It is used instead of `headers`. */
  rawHeaders?: readonly string[] | undefined;
  /** The raw body: its bytes, or its text if it was UTF-8. A parsed body can't be verified. */
  body?: string | Uint8Array | ArrayBuffer | null | undefined;
  /** Default: `POST`. */
  method?: string | undefined;
  /** For schemes that sign it: the whole URL, or its path and query. */
  url?: string | URL | undefined;
}

/**
 * A request as Fetch has it: `Request`, in Hono, Next and others. Verifying it reads its body; pass `request.clone()`
 * to keep it.
 */
export interface FetchRequest {
  headers: Iterable<readonly [name: string, value: string]>;
  method: string;
  url: string;
  arrayBuffer: () => Promise<ArrayBuffer>;
}

/** Whether a request was signed with one of the secrets, or why not. */
export type VerificationResult = ValidResult | InvalidResult;

export interface ValidResult {
  valid: true;
  /** The name of the scheme; `own` for your own definition. */
  scheme: string;
  algorithm: Algorithm;
  /** Which of the secrets signed it, from 0. */
  secretIndex: number;
}

export interface InvalidResult {
  valid: false;
  scheme: string;
  reason: SignatureReason;
  /** The reason as a clause. */
  words: string;
  /** When it was signed, in RFC 3339, if its time is the problem. */
  signedAt?: string;
  /** The scheme that its headers belong to instead. */
  looksLike?: string;
}

/** The problem of a request and its fix, without any part of a secret or a body. */
export interface Explanation {
  verification: VerificationResult;
  /**
   * The mistakes that together reproduce the signature exactly; none if it is valid or no common mistake explains it.
   */
  findings: readonly Finding[];
  /** Whether the search for mistakes was complete. A large body ends it early. */
  isComplete: boolean;
  /** All of it in words, on several lines. */
  text: string;
}

/**
 * Verifies the signature of a request. Returns why it isn't valid instead of throwing. Throws UsageError for invalid
 * options, and for a body that was already parsed or read.
 */
export function verify(request: FetchRequest, options: VerifyOptions): Promise<VerificationResult>;
export function verify(request: RequestLike, options: VerifyOptions): VerificationResult;
export function verify(
  request: FetchRequest | RequestLike,
  options: VerifyOptions,
): VerificationResult | Promise<VerificationResult> {
  const means = meansOf(options);
  return isFetch(request)
    ? readFetch(request).then(message => verificationOf(message, means))
    : verificationOf(messageOf(request), means);
}

/**
 * Verifies a request, and looks for the mistake behind a signature that doesn't match: another body, another secret or
 * another spelling. Throws like `verify`.
 */
export async function explain(request: FetchRequest | RequestLike, options: VerifyOptions): Promise<Explanation> {
  const means = meansOf(options);
  const message = isFetch(request) ? await readFetch(request) : messageOf(request);
  const verification = verificationOf(message, means);
  if (verification.valid) return { verification, findings: [], isComplete: true, text: 'the signature is valid' };
  const { diagnose } = await import('../scheme/explain/diagnose.js');
  return explanationOf(verification, diagnose(message, means, means.scheme));
}

function explanationOf(verification: InvalidResult, diagnosis: Diagnosis | undefined): Explanation {
  const findings = diagnosis?.found ? diagnosis.findings : [];
  const isComplete = diagnosis === undefined || diagnosis.found || diagnosis.isComplete;
  return { verification, findings, isComplete, text: failureLines(verification, findings).join('\n') };
}

/** Says why a signature isn't valid, which mistakes explain it, and how to fix them. */
export function failureLines(
  { reason, words, looksLike, signedAt }: InvalidResult,
  findings: readonly Finding[],
): string[] {
  const other = looksLike === undefined ? '' : `; it looks like ${looksLike}`;
  return [
    `${reason}: ${words}${signedAt === undefined ? '' : `, signed at ${signedAt}`}${other}`,
    ...findings.map(finding => `why: ${finding.words}`),
    ...new Set(findings.map(finding => `fix: ${finding.remedy}`)),
  ];
}

interface Means {
  scheme: Scheme;
  secrets: readonly Secret[];
  now: Date | undefined;
}

const verifyChecks: Checks<VerifyOptions> = { ...schemeChecks, ...toleranceChecks, now: orNull(date) };

function meansOf(options: VerifyOptions): Means {
  checkOptions(options, verifyChecks);
  const scheme = schemeOf(options);
  const { now = systemClock.now() } = options;
  return { scheme, secrets: secretsOf(options, scheme), now: now ?? undefined };
}

const verificationOf = (message: Message, { scheme, secrets, now }: Means): VerificationResult =>
  resultOf(scheme.verify(message, secrets, now), { scheme, secrets, headers: message.headers });

/** Returns a verification without the secret itself. */
export function resultOf(
  verification: Verification,
  { scheme, secrets, headers }: { scheme: Scheme; secrets: readonly Secret[]; headers: readonly Header[] },
): VerificationResult {
  const { name } = scheme;
  if (verification.valid) {
    const { algorithm, secret } = verification;
    return { valid: true, scheme: name, algorithm, secretIndex: secrets.indexOf(secret) };
  }
  const { reason, signedAt } = verification;
  const other = reason === 'signature-missing' ? recognise(headers, scheme, Object.values<Scheme>(schemes)) : undefined;
  return {
    valid: false,
    scheme: name,
    reason,
    words: signatureWords(reason, hasCatalogue(scheme) ? undefined : name),
    ...(signedAt !== undefined && { signedAt }),
    ...(other && { looksLike: other.name }),
  };
}

const isFetch = (request: FetchRequest | RequestLike): request is FetchRequest =>
  typeof (Object(request) as { arrayBuffer?: unknown }).arrayBuffer === 'function';

async function readFetch(request: FetchRequest): Promise<Message> {
  // Its properties are getters, which spreading doesn't copy.
  const { headers, method, url } = request;
  try {
    return messageOf({ headers, method, url, body: await request.arrayBuffer() });
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new UsageError("can't read the request's body", {
      hint: 'it was already read: verify request.clone() first',
      cause,
    });
  }
}

function messageOf(request: RequestLike): Message {
  // A caller in JavaScript may pass anything.
  if (typeof request !== 'object' || (request as unknown) === null)
    throw new UsageError('there is no request', { hint: 'pass { headers, body }' });
  const { headers, rawHeaders, body, method = 'POST', url } = request;
  return { method, headers: headersOf(rawHeaders ?? headers), body: receivedBytes(body), ...placeOf(url) };
}

function placeOf(url: string | URL | undefined): Pick<Message, 'url' | 'target'> {
  if (url === undefined) return {};
  const text = String(url);
  return URL.canParse(text) ? { url: new URL(text) } : { target: text };
}
