/** A signature scheme, as data: what a vendor signs, with which algorithm, and where the signature is. */
export interface SchemeDefinition {
  signature: SignatureDefinition;
  /** Default: `hmac-sha256`. */
  algorithm?: `hmac-${Algorithm}`;
  /** A header that names the algorithm, one of `values`. A request without this header uses the first. */
  algorithmHeader?: { name: string; values: readonly Algorithm[] };
  /**
   * What is signed. `{body}`, `{id}`, `{timestamp}`, `{method}`, `{url}` and `{header.NAME}` are replaced by these parts;
   * everything else is literal. Default: `{body}`.
   */
  signed?: string;
  timestamp?: TimestampDefinition;
  /** The header with the id of the event, which stays the same when a delivery is retried. */
  id?: { header: string };
}

export interface SignatureDefinition {
  header: string;
  /** How the digest is written. Default: `hex`, in lower case. */
  encoding?: Encoding;
  /** What comes before the digest, such as `sha256=`. */
  prefix?: string;
  /** What separates the entries of a header that holds several. Needs `pair` and `key`. */
  list?: string;
  /** What separates the key of an entry from its value. */
  pair?: string;
  /** The key of the entries that hold a signature. One that matches is enough; entries with other keys are skipped. */
  key?: string;
}

export type Encoding = 'hex' | 'base64' | 'base64url';

export interface TimestampDefinition {
  /** Either an entry of the signature's list, or a header of its own. */
  in: { key: string } | { header: string };
  /** Default: `s`, seconds since 1970. */
  unit?: 's' | 'ms' | 'rfc3339';
  /** How old a request may be, such as `5m`; null: any age. */
  past: string | null;
  /** How far in the future its timestamp may be, such as `5m`; null: any distance. */
  future: string | null;
}

/** Hash functions, by the names that Node has for them. */
export type Algorithm = 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** Returns the algorithms that a scheme allows, its default first. */
export const algorithmsOf = ({ algorithm = 'hmac-sha256', algorithmHeader }: SchemeDefinition): readonly Algorithm[] =>
  algorithmHeader?.values ?? [algorithm.slice('hmac-'.length) as Algorithm];

/** The names of a scheme's headers, in lower case; undefined where the scheme has no such header. */
export interface HeaderNames {
  id: string | undefined;
  timestamp: string | undefined;
  signature: string;
  algorithm: string | undefined;
}

export const headerNamesOf = ({ signature, algorithmHeader, timestamp, id }: SchemeDefinition): HeaderNames => ({
  id: id?.header.toLowerCase(),
  timestamp: timestamp && 'header' in timestamp.in ? timestamp.in.header.toLowerCase() : undefined,
  signature: signature.header.toLowerCase(),
  algorithm: algorithmHeader?.name.toLowerCase(),
});

/** Returns the names of the headers that signing makes, in lower case and in the order of `Scheme.sign`. */
export function headersOf(definition: SchemeDefinition): string[] {
  const { id, timestamp, signature, algorithm } = headerNamesOf(definition);
  return [id, timestamp, signature, algorithm].filter(name => name !== undefined);
}
