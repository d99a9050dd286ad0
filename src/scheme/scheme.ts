import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { Header } from '../http/header.js';
import { createClaimReader, type ClaimReader, type ClaimReason } from './claim.js';
import { algorithmsOf, headerNamesOf, headersOf, type Algorithm, type Encoding, type HeaderNames, type SchemeDefinition } from './definition.js'; // prettier-ignore
import { isDigest } from './encoding.js';
import type { Message, SignedValues } from './message.js';
import type { Secret } from './secret.js';
import { createSignatureForm, type SignatureForm } from './signature-header.js';
import { compileTemplate, hasPart, type Part } from './template.js';
import { createTimestampFormat, type TimestampFormat, type TimestampReason } from './timestamp.js';

export interface Signing {
  secret: Secret;
  /** Default: the first of the scheme's algorithms. */
  algorithm?: Algorithm | undefined;
  /** The time to sign, for schemes with a timestamp. */
  now: Date;
  /** The id of the event, for schemes that have one. */
  id?: string | undefined;
}

/** Why a request doesn't verify. */
export type SignatureReason = ClaimReason | 'signature-malformed' | 'signature-mismatch' | TimestampReason;

export type Verification =
  { valid: true; algorithm: Algorithm; secret: Secret } | { valid: false; reason: SignatureReason };

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

  /** Throws an Error for a definition that can't work. */
  constructor(name: string, definition: SchemeDefinition) {
    refuseUnknownValues(definition);
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
  }

  /** Returns the headers to send with a message, with their names in lower case. */
  sign(message: Message, signing: Signing): Header[] {
    const { names } = this;
    const { algorithm = this.defaultAlgorithm } = signing;
    const values = this.valuesToSign(signing);
    const digest = this.hmac(message, values, { key: signing.secret.key, algorithm }).digest(this.encoding);
    const signature: Header = [names.signature, this.form.write(digest, values.timestamp)];
    const headers: Header[] = names.algorithm === undefined ? [signature] : [signature, [names.algorithm, algorithm]];
    if (names.timestamp !== undefined) headers.unshift([names.timestamp, values.timestamp]);
    if (names.id !== undefined) headers.unshift([names.id, values.id]);
    return headers;
  }

  /**
   * Returns the encoded digest alone, without the prefix and the list that may surround it in the header. `algorithm` may be
   * one that the scheme doesn't allow.
   */
  signature(message: Message, signing: Omit<Signing, 'algorithm'> & { algorithm?: string | undefined }): string {
    const { algorithm = this.defaultAlgorithm, secret } = signing;
    return this.hmac(message, this.valuesToSign(signing), { key: secret.key, algorithm }).digest(this.encoding);
  }

  /** Accepts any of `secrets`, so that a secret can be rotated. Without `now`, a timestamp may be of any time. */
  verify(message: Message, secrets: readonly Secret[], now?: Date): Verification {
    const claim = this.claims.read(message.headers);
    if (typeof claim === 'string') return { valid: false, reason: claim };
    const { algorithm } = claim;
    const offered: Buffer[] = [];
    for (const text of claim.signatures)
      if (isDigest(text, this.encoding, algorithm)) offered.push(Buffer.from(text, 'latin1'));
    if (offered.length === 0) return { valid: false, reason: 'signature-malformed' };
    for (const secret of secrets) {
      // Node returns a digest faster as text than as bytes.
      const digest = this.hmac(message, claim, { key: secret.key, algorithm }).digest(this.encoding);
      if (!isAmong(offered, Buffer.from(digest, 'latin1'))) continue;
      // Until the signature is known to be right, the timestamp may be anybody's.
      const reason = this.timestamp?.check(claim.timestamp, now);
      return reason === undefined ? { valid: true, algorithm, secret } : { valid: false, reason };
    }
    return { valid: false, reason: 'signature-mismatch' };
  }

  /** Returns an HMAC of all that the scheme signs, ready for `digest`. Takes algorithms that the scheme doesn't allow, too. */
  hmac(message: Message, values: SignedValues, { key, algorithm }: { key: KeyObject; algorithm: string }): Hmac {
    const hmac = createHmac(algorithm, key);
    for (const part of this.parts) hmac.update(part(message, values));
    return hmac;
  }

  /** Returns all that the scheme signs, in one piece. */
  content(message: Message, values: SignedValues): Buffer {
    return Buffer.concat(this.parts.map(part => Buffer.from(part(message, values))));
  }

  private valuesToSign({ now, id = '' }: Pick<Signing, 'now' | 'id'>): SignedValues {
    return { timestamp: this.timestamp?.write(now) ?? '', id };
  }
}

/** Throws an Error for a template with a value that no header of the scheme carries. */
function refuseUnknownValues({ signed = '', timestamp, id }: SchemeDefinition): void {
  const missing = Object.entries({ timestamp, id }).find(([name, place]) => !place && hasPart(signed, name));
  if (missing) throw new Error(`{${missing[0]}} is signed, and nothing says where it is`);
}

function isAmong(offered: readonly Buffer[], digest: Buffer): boolean {
  for (const candidate of offered) if (timingSafeEqual(candidate, digest)) return true;
  return false;
}
