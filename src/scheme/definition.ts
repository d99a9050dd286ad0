/** A signature scheme, as data: what a vendor signs, with which algorithm, and where the signature is. */
export interface SchemeDefinition {
  signature: {
    header: string;
    /** Of the digest; `hex` if it isn't given, and then in lower case. */
    encoding?: Encoding;
    /** Comes before the value, such as `sha256=`. */
    prefix?: string;
    /** What separates the entries of the header, where it holds several. Goes with `pair` and `key`. */
    list?: string;
    /** What separates an entry's key from its value. */
    pair?: string;
    /** The key of entries that hold a signature. Entries with other keys are skipped, and any that matches is enough. */
    key?: string;
  };
  /** `hmac-sha256` if it isn't given. */
  algorithm?: `hmac-${Algorithm}`;
  /** A header that names the algorithm, from this list; a request without it uses the first. */
  algorithmHeader?: { name: string; values: readonly Algorithm[] };
  /** How the key is written; `text` if it isn't given: the key is the text itself, as UTF-8. */
  secret?: SecretEncoding;
  /** What is signed. `{body}`, `{id}`, `{timestamp}`, `{method}`, `{url}` and `{header.NAME}` stand for parts; all else is literal. */
  signed?: string;
  timestamp?: TimestampDefinition;
  /** A header with an id that each event has, and keeps over its retries. */
  id?: { header: string };
}

export type Encoding = 'hex' | 'base64' | 'base64url';

export type SecretEncoding = 'text' | 'base64' | 'hex' | 'whsec';

export interface TimestampDefinition {
  /** Either an entry of the signature's list, or a header of its own. */
  in: { key: string } | { header: string };
  /** `s` if it isn't given. */
  unit?: 's' | 'ms' | 'rfc3339';
  /** How old a request may be, such as `5m`; null: any age. */
  past: string | null;
  /** How far in the future it may be; null: any distance. */
  future: string | null;
}

/** Hash functions, by the names that Node has for them. */
export type Algorithm = 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** The algorithms that a scheme allows, the usual one first. */
export const algorithmsOf = ({ algorithm = 'hmac-sha256', algorithmHeader }: SchemeDefinition): readonly Algorithm[] =>
  algorithmHeader?.values ?? [algorithm.slice('hmac-'.length) as Algorithm];

/** The headers that signing makes, in lower case and in this order. */
export function headersOf({ signature, algorithmHeader, timestamp, id }: SchemeDefinition): string[] {
  const timestampHeader = timestamp && 'header' in timestamp.in ? timestamp.in.header : undefined;
  return [id?.header, timestampHeader, signature.header, algorithmHeader?.name]
    .filter(name => name !== undefined)
    .map(name => name.toLowerCase());
}
