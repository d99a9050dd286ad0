import { createHmac, sign as signEd25519, timingSafeEqual, verify as verifyEd25519, type KeyObject } from 'node:crypto';
import { UsageError } from '../errors.js';
import type { Header } from '../http/header.js';
import { createClaimReader, type Claim, type ClaimReader, type ClaimReason } from './claim.js';
import { contradictionsIn } from './contradictions.js';
import { algorithmsOf, headerNamesOf, headersOf, secretFormOf, type Algorithm, type Encoding, type HeaderNames, type SchemeDefinition, type SecretForm } from './definition.js'; // prettier-ignore
import { isDigest } from './encoding.js';
import type { Message, SignedValues } from './message.js';
import type { Secret } from './secret.js';
import { createSignatureForm, type SignatureForm } from './signature-header.js';
import { compileTemplate, type Part } from './template.js';
import {
  createTimestampFormat,
  type TimestampFlaw,
  type TimestampFormat,
  type TimestampReason,
  type Tolerance,
} from './timestamp.js';

export interface Signing {
  secret: Secret;
  /** Default: the first of the scheme's algorithms. An ed25519 key always signs with ed25519. */
  algorithm?: Algorithm | undefined;
  /** The time to sign, for schemes with a timestamp. */
  now: Date;
  /** Signed instead of `now`, even if it isn't in the scheme's form. */
  timestamp?: string | undefined;
  /** The id of the event, for schemes that have one. */
  id?: string | undefined;
}

/** Why a request doesn't verify. */
export type SignatureReason = ClaimReason | 'signature-malformed' | 'signature-mismatch' | TimestampReason;

export type Verification =
  | { valid: true; algorithm: Algorithm; secret: Secret }
  | {
      valid: false;
      reason: SignatureReason;
      /** RFC 3339, in UTC, if the time is the problem. */
      signedAt?: string;
    };

/** Node deprecates the name of this class, not the class. */
type Hmac = ReturnType<typeof createHmac>;

/** The one engine that signs and verifies, for the scheme that a definition describes. */
export class Scheme {
  readonly name: string;
  readonly definition: SchemeDefinition;
  /** The headers that `sign` returns, in lower case and in this order. */
  readonly headers: readonly string[];
  /** The algorithms that the scheme allows, its default first. */
  readonly algorithms: readonly Algorithm[];
  readonly signatureHeader: string;
  readonly algorithmHeader: string | undefined;
  /** How the digest is written in the signature header. */
  readonly encoding: Encoding;
  readonly form: SignatureForm;
  readonly claims: ClaimReader;
  private readonly names: HeaderNames;
  private readonly defaultAlgorithm: Algorithm;
  private readonly parts: readonly Part[];
  private readonly timestamp: TimestampFormat | undefined;
  /** Whether requests can be too old, or too far in the future. */
  readonly isTimed: boolean;
  /** How the scheme writes its secrets. */
  readonly secrets: SecretForm;

  /** Throws an Error for a definition that can't work. */
  constructor(name: string, definition: SchemeDefinition) {
    const [flaw] = contradictionsIn(definition);
    if (flaw) throw new Error(`the scheme ${name}: ${flaw.path.join('.')} ${flaw.words}`);
    this.name = name;
    this.definition = definition;
    this.headers = headersOf(definition);
    this.names = headerNamesOf(definition);
    this.signatureHeader = this.names.signature;
    this.algorithmHeader = this.names.algorithm;
    this.algorithms = algorithmsOf(definition);
    this.defaultAlgorithm = this.algorithms[0] ?? 'sha256';
    this.encoding = definition.signature.encoding ?? 'hex';
    this.form = createSignatureForm(definition);
    this.claims = createClaimReader(definition, this.form);
    this.parts = compileTemplate(definition.signed ?? '{body}');
    this.timestamp = definition.timestamp && createTimestampFormat(definition.timestamp);
    this.isTimed = this.timestamp?.isLimited ?? false;
    this.secrets = secretFormOf(definition);
  }

  /** Returns the scheme with another tolerance; unchanged if it has no timestamp. */
  withTolerance(tolerance: Tolerance): Scheme {
    const { timestamp } = this.definition;
    return timestamp ? new Scheme(this.name, { ...this.definition, timestamp: { ...timestamp, ...tolerance } }) : this;
  }

  /** Returns the headers to send with a message, with their names in lower case. Throws UsageError for a public key. */
  sign(message: Message, signing: Signing): Header[] {
    const { names } = this;
    const { algorithm = this.defaultAlgorithm, secret } = signing;
    const values = this.valuesToSign(signing);
    const digest = this.encoded(message, values, { secret, algorithm });
    const isEd25519 = secret.key.type !== 'secret';
    const signature: Header = [names.signature, this.form.write(digest, { timestamp: values.timestamp, isEd25519 })];
    const headers: Header[] = names.algorithm === undefined ? [signature] : [signature, [names.algorithm, algorithm]];
    if (names.timestamp !== undefined) headers.unshift([names.timestamp, values.timestamp]);
    if (names.id !== undefined) headers.unshift([names.id, values.id]);
    return headers;
  }

  /**
   * Returns the encoded digest alone, without the prefix and the list that may surround it in the header. `algorithm`
   * may be one that the scheme doesn't allow.
   */
  signature(message: Message, signing: Omit<Signing, 'algorithm'> & { algorithm?: string | undefined }): string {
    const { algorithm = this.defaultAlgorithm, secret } = signing;
    return this.encoded(message, this.valuesToSign(signing), { secret, algorithm });
  }

  /** Accepts any of `secrets`, so that a secret can be rotated. Without `now`, a timestamp of any age is accepted. */
  verify(message: Message, secrets: readonly Secret[], now?: Date): Verification {
    const claim = this.claims.read(message.headers);
    if (typeof claim === 'string') return { valid: false, reason: claim };
    const offered = this.offeredIn(claim);
    if (offered.digests.length + offered.ed25519.length === 0) return { valid: false, reason: 'signature-malformed' };
    for (const secret of secrets) {
      if (!this.isSignedWith(secret, { message, claim, offered })) continue;
      // Until the signature is verified, the timestamp may be forged.
      const flaw = this.timestamp?.check(claim.timestamp, now);
      if (flaw) return { valid: false, ...flaw };
      return { valid: true, algorithm: isForHmac(secret) ? claim.algorithm : 'ed25519', secret };
    }
    const isComparable = secrets.length === 0 || secrets.some(secret => offeredTo(secret, offered).length > 0);
    return { valid: false, reason: isComparable ? 'signature-mismatch' : 'version-unsupported' };
  }

  /**
   * Returns what is wrong with the timestamp in the headers, without checking the signature; undefined if nothing is.
   */
  timeFlaw(headers: readonly Header[], now: Date): TimestampFlaw | undefined {
    const claim = this.claims.read(headers);
    return typeof claim === 'string' ? undefined : this.timestamp?.check(claim.timestamp, now);
  }

  /**
   * Returns an HMAC of everything that the scheme signs, ready for `digest`. `algorithm` may be one that it doesn't
   * allow.
   */
  hmac(message: Message, values: SignedValues, { key, algorithm }: { key: KeyObject; algorithm: string }): Hmac {
    const hmac = createHmac(algorithm, key);
    for (const part of this.parts) hmac.update(part(message, values));
    return hmac;
  }

  /** Returns everything that the scheme signs, in one piece. */
  content(message: Message, values: SignedValues): Buffer {
    return Buffer.concat(this.parts.map(part => Buffer.from(part(message, values))));
  }

  /** Returns a time as the scheme writes it; empty if it has no timestamp. */
  writeTime(time: Date): string {
    return this.timestamp?.write(time) ?? '';
  }

  private encoded(
    message: Message,
    values: SignedValues,
    { secret: { key, origin }, algorithm }: { secret: Secret; algorithm: string },
  ): string {
    // Node returns digests faster as text than as bytes.
    if (key.type === 'secret') return this.hmac(message, values, { key, algorithm }).digest(this.encoding);
    if (key.type === 'public') throw publicKeyOnly(origin);
    return signEd25519(null, this.content(message, values), key).toString(this.encoding);
  }

  /** Returns the well-formed signatures in a request. */
  private offeredIn({ signatures, ed25519, algorithm }: Claim): Offered {
    const own = this.wellFormed(signatures, algorithm);
    if (algorithm === 'ed25519') return { digests: none, ed25519: own };
    return { digests: own, ed25519: ed25519.length === 0 ? none : this.wellFormed(ed25519, 'ed25519') };
  }

  private wellFormed(texts: readonly string[], algorithm: Algorithm): Buffer[] {
    const found: Buffer[] = [];
    for (const text of texts) if (isDigest(text, this.encoding, algorithm)) found.push(Buffer.from(text, 'latin1'));
    return found;
  }

  private isSignedWith(secret: Secret, { message, claim, offered }: Attempt): boolean {
    const candidates = offeredTo(secret, offered);
    if (candidates.length === 0) return false;
    const { key, publicKey = key } = secret;
    if (isForHmac(secret)) {
      const made = this.hmac(message, claim, { key, algorithm: claim.algorithm }).digest(this.encoding);
      const digest = Buffer.from(made, 'latin1');
      return isAmong(candidates, digest);
    }
    const content = this.content(message, claim);
    return candidates.some(text =>
      verifyEd25519(null, content, publicKey, Buffer.from(text.toString('latin1'), this.encoding)),
    );
  }

  private valuesToSign({ now, timestamp, id = '' }: Pick<Signing, 'now' | 'timestamp' | 'id'>): SignedValues {
    return { timestamp: timestamp ?? this.writeTime(now), id };
  }
}

/** The well-formed signatures, by algorithm. */
interface Offered {
  digests: readonly Buffer[];
  ed25519: readonly Buffer[];
}

const none: readonly Buffer[] = [];

interface Attempt {
  message: Message;
  claim: Claim;
  offered: Offered;
}

function isAmong(candidates: readonly Buffer[], digest: Buffer): boolean {
  for (const candidate of candidates) if (timingSafeEqual(candidate, digest)) return true;
  return false;
}

const isForHmac = ({ key }: Secret): boolean => key.type === 'secret';

const offeredTo = (secret: Secret, { digests, ed25519 }: Offered): readonly Buffer[] =>
  isForHmac(secret) ? digests : ed25519;

export const publicKeyOnly = (origin: string): UsageError =>
  new UsageError(`the secret from ${origin} is a public key, which can only verify`, {
    hint: 'signing takes the private key: 64 bytes, its seed and the public key (whsk_… in Standard Webhooks)',
  });
