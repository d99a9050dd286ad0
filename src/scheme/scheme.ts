import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { Header } from '../http/header.js';
import { createClaimReader, type Claim, type ClaimReader, type ClaimReason } from './claim.js';
import { algorithmsOf, headersOf, type Algorithm, type Encoding, type SchemeDefinition } from './definition.js';
import { isDigest } from './encoding.js';
import type { Message } from './message.js';
import type { Secret } from './secret.js';
import { writeSignatureValue } from './signature-header.js';
import { compileTemplate, type Part, type Signed } from './template.js';
import { judgeTimestamp, writeTimestamp, type TimestampReason } from './timestamp.js';

export interface Signing {
  secret: Secret;
  /** The scheme's usual one if it isn't given. */
  algorithm?: Algorithm | undefined;
  /** The time that is signed, where the scheme has one. */
  now: Date;
  /** The id of the event, where the scheme has one. */
  id?: string | undefined;
}

/** Why a request doesn't verify. */
export type SignatureReason = ClaimReason | 'signature-malformed' | 'signature-mismatch' | TimestampReason;

export type Verification =
  { valid: true; algorithm: Algorithm; secret: Secret } | { valid: false; reason: SignatureReason };

type Hashing = ReturnType<typeof createHmac>;

/** A definition at work. */
export class Scheme {
  readonly name: string;
  readonly definition: SchemeDefinition;
  /** The headers that `sign` makes, in lower case and in this order. */
  readonly headers: readonly string[];
  /** Those that the scheme allows, the usual one first. */
  readonly algorithms: readonly Algorithm[];
  readonly signatureHeader: string;
  readonly algorithmHeader: string | undefined;
  private readonly usualAlgorithm: Algorithm;
  private readonly timestampHeader: string | undefined;
  private readonly idHeader: string | undefined;
  /** Reads what requests say of their own signatures. */
  readonly claims: ClaimReader;
  private readonly encoding: Encoding;
  private readonly parts: readonly Part[];
  private readonly isBodyAlone: boolean;
  /** Whether the signature's header holds one value as it is. */
  private readonly isPlain: boolean;

  /** Throws an Error where a definition contradicts itself. */
  constructor(name: string, definition: SchemeDefinition) {
    const { signature, algorithmHeader, signed = '{body}', timestamp, id } = definition;
    this.name = name;
    this.definition = definition;
    this.signatureHeader = signature.header.toLowerCase();
    this.algorithmHeader = algorithmHeader?.name.toLowerCase();
    this.algorithms = algorithmsOf(definition);
    this.usualAlgorithm = this.algorithms[0] ?? 'sha256';
    this.timestampHeader = timestamp && 'header' in timestamp.in ? timestamp.in.header.toLowerCase() : undefined;
    this.idHeader = id?.header.toLowerCase();
    this.encoding = signature.encoding ?? 'hex';
    this.parts = compileTemplate(signed);
    this.isBodyAlone = signed === '{body}';
    this.claims = createClaimReader(definition);
    this.isPlain = signature.list === undefined && signature.prefix === undefined;
    this.headers = headersOf(definition);
  }

  /** Returns the headers that a message needs, in lower case. */
  sign(message: Message, signing: Signing): Header[] {
    const { algorithm = this.usualAlgorithm, id = '', now } = signing;
    const { definition, idHeader, timestampHeader, algorithmHeader } = this;
    const timestamp = definition.timestamp ? writeTimestamp(now, definition.timestamp.unit ?? 's') : '';
    const signature = this.hmac(message, { timestamp, id }, { key: signing.secret.key, algorithm }).digest(
      this.encoding,
    );
    const value = this.isPlain ? signature : writeSignatureValue(signature, timestamp, definition);
    const headers: Header[] = [];
    if (idHeader !== undefined) headers.push([idHeader, id]);
    if (timestampHeader !== undefined) headers.push([timestampHeader, timestamp]);
    headers.push([this.signatureHeader, value]);
    if (algorithmHeader !== undefined) headers.push([algorithmHeader, algorithm]);
    return headers;
  }

  /**
   * Returns the digest of a message, encoded, without the prefix and the list that may be around it in the header.
   * `algorithm` may be one that the scheme doesn't allow.
   */
  signature(message: Message, signing: Omit<Signing, 'algorithm'> & { algorithm?: string | undefined }): string {
    const { algorithm = this.usualAlgorithm, secret, now, id = '' } = signing;
    const { timestamp: time } = this.definition;
    const timestamp = time ? writeTimestamp(now, time.unit ?? 's') : '';
    return this.hmac(message, { timestamp, id }, { key: secret.key, algorithm }).digest(this.encoding);
  }

  /** Any of `secrets` may match, so that one can be rotated. Without `now`, no timestamp is compared with anything. */
  verify(message: Message, secrets: readonly Secret[], now?: Date): Verification {
    const claim = this.claims.read(message.headers);
    if (typeof claim === 'string') return { valid: false, reason: claim };
    const { algorithm, signatures } = claim;
    const offered: Buffer[] = [];
    for (const text of signatures)
      if (isDigest(text, this.encoding, algorithm)) offered.push(Buffer.from(text, 'latin1'));
    if (offered.length === 0) return { valid: false, reason: 'signature-malformed' };
    for (const secret of secrets) {
      // As text, since Node makes a string of a digest faster than a buffer.
      const digest = Buffer.from(this.hmac(message, claim, { key: secret.key, algorithm }).digest(this.encoding), 'latin1'); // prettier-ignore
      for (const candidate of offered)
        if (timingSafeEqual(candidate, digest)) return this.inTime(claim, { algorithm, secret }, now);
    }
    return { valid: false, reason: 'signature-mismatch' };
  }

  /** Judges the time last: only then is it the sender's word. */
  private inTime(claim: Claim, facts: { algorithm: Algorithm; secret: Secret }, now: Date | undefined): Verification {
    const { timestamp } = this.definition;
    const reason = timestamp && judgeTimestamp(claim.timestamp, timestamp, now);
    return reason ? { valid: false, reason } : { valid: true, algorithm: facts.algorithm, secret: facts.secret };
  }

  /** Returns an HMAC that is ready to be finished. `signed` is what the message says of its time and id. */
  hmac(message: Message, signed: Signed, { key, algorithm }: { key: KeyObject; algorithm: string }): Hashing {
    const hmac = createHmac(algorithm, key);
    if (this.isBodyAlone) return hmac.update(message.body);
    for (const part of this.parts) hmac.update(part(message, signed));
    return hmac;
  }
}
