/** A signature scheme, as data: what a vendor signs, with which algorithm, and where the signature is. */
export interface SchemeDefinition {
  signature: SignatureDefinition;
  /** Default: `hmac-sha256`. */
  algorithm?: `hmac-${HashName}` | 'ed25519' | undefined;
  /** A header that names the hash function, one of `values`. A request without this header uses the first. */
  algorithmHeader?: { name: string; values: readonly HashName[] } | undefined;
  /** How the text of a secret becomes a key. Default: `text`, its bytes in UTF-8. */
  secret?: SecretEncoding | undefined;
  /**
   * What is signed. `{body}`, `{id}`, `{timestamp}`, `{method}`, `{url}` and `{header.NAME}` are replaced by these
   * parts; everything else is literal. Default: `{body}`.
   */
  signed?: string | undefined;
  timestamp?: TimestampDefinition | undefined;
  /** Where the id of the event is, which stays the same when a delivery is retried. */
  id?: Place | undefined;
  /** Where the name of the event is. */
  event?: Place | undefined;
  /** The statuses that the vendor counts as success, such as `2xx`. */
  accepts?: string | undefined;
  /** How long the vendor waits for a response, such as `5s`. */
  timeout?: string | undefined;
  /** A delivery to try a receiver with. */
  sample?: Sample | undefined;
  /** How the vendor verifies who owns a receiver before it sends events. */
  handshake?: Handshake | undefined;
}

export interface SignatureDefinition {
  header: string;
  /** How the digest is written. Default: `hex`, in lower case. */
  encoding?: Encoding | undefined;
  /** Text before the digest, such as `sha256=`. */
  prefix?: string | undefined;
  /** Separator between the entries of a header that holds several. Needs `pair` and `key`. */
  list?: string | undefined;
  /** Separator between an entry's key and its value. */
  pair?: string | undefined;
  /** The key of the entries that hold a signature. One that matches is enough; entries with other keys are skipped. */
  key?: string | undefined;
  /** The key of the entries that hold an ed25519 signature, for schemes that have both. */
  ed25519?: string | undefined;
}

export type Encoding = 'hex' | 'base64' | 'base64url';

/** `whsec`: base64 after `whsec_`; ed25519 keys start with `whsk_` (private) or `whpk_` (public). */
export type SecretEncoding = 'text' | 'base64' | 'hex' | 'whsec';

/** A path into the JSON body, such as `data.id`, or a header. */
type Place = string | { header: string };

/** Either an entry of the signature's list, or a separate header. */
export type TimestampDefinition = ({ key: string; header?: undefined } | { header: string; key?: undefined }) & {
  /** Default: `s`, seconds since 1970. */
  unit?: TimestampUnit | undefined;
  /** How old a request may be, such as `5m`; or null for any age. */
  past: string | null;
  /** How far in the future its timestamp may be, such as `5m`; or null for any distance. */
  future: string | null;
};

export type TimestampUnit = 's' | 'ms' | 'rfc3339';

interface Sample {
  /** Any JSON. */
  body: unknown;
  /** Headers besides those of the signature, such as the one with the event's name. */
  headers?: Readonly<Record<string, string>> | undefined;
}

interface Handshake {
  /** Any JSON; `{challenge}` in its texts is replaced by a random text. */
  body: unknown;
  /**
   * Texts that the response has to contain. `{challenge}` is replaced as above, `{hmac}` by the HMAC of the challenge,
   * as the scheme encodes digests.
   */
  answer: readonly string[];
}

/** Hash functions, by their names in Node. */
export const hashNames = ['sha1', 'sha256', 'sha384', 'sha512'] as const;

export type HashName = (typeof hashNames)[number];

/** A signature algorithm: HMAC with a hash function, or ed25519. */
export type Algorithm = HashName | 'ed25519';

const hmacPrefix = 'hmac-';

/** Returns the algorithms that a scheme allows, its default first. */
export function algorithmsOf({
  algorithm = 'hmac-sha256',
  algorithmHeader,
  signature,
}: SchemeDefinition): readonly Algorithm[] {
  const own = algorithmHeader?.values ?? [
    algorithm === 'ed25519' ? algorithm : (algorithm.slice(hmacPrefix.length) as HashName),
  ];
  return signature.ed25519 === undefined ? own : [...own, 'ed25519'];
}

/** The names of a scheme's headers, in lower case; undefined if the scheme has no such header. */
export interface HeaderNames {
  id: string | undefined;
  timestamp: string | undefined;
  signature: string;
  algorithm: string | undefined;
}

export const headerNamesOf = ({ signature, algorithmHeader, timestamp, id }: SchemeDefinition): HeaderNames => ({
  id: typeof id === 'object' ? id.header.toLowerCase() : undefined,
  timestamp: timestamp?.header?.toLowerCase(),
  signature: signature.header.toLowerCase(),
  algorithm: algorithmHeader?.name.toLowerCase(),
});

/** Returns the names of the headers that signing adds, in lower case and in the order of `Scheme.sign`. */
export function headersOf(definition: SchemeDefinition): string[] {
  const { id, timestamp, signature, algorithm } = headerNamesOf(definition);
  return [id, timestamp, signature, algorithm].filter(name => name !== undefined);
}

/** How a scheme's secrets are written, and which keys they hold. */
export interface SecretForm {
  encoding: SecretEncoding;
  /** Whether keys are for ed25519, or may be. */
  ed25519: 'never' | 'always' | 'beside-hmac';
}

export const secretFormOf = ({ secret = 'text', algorithm, signature }: SchemeDefinition): SecretForm => {
  const beside = signature.ed25519 === undefined ? 'never' : 'beside-hmac';
  return { encoding: secret, ed25519: algorithm === 'ed25519' ? 'always' : beside };
};
