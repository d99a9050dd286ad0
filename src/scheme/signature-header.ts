import type { SchemeDefinition, SignatureDefinition } from './definition.js';

/** The form of the value of a scheme's signature header. */
export interface SignatureForm {
  /** Puts an encoded digest, and the timestamp if it belongs here, into the form. */
  write: (digest: string, timestamp: string) => string;
  read: (value: string) => SignatureValue;
}

/** What the value of a signature header holds. */
interface SignatureValue {
  /** Encoded digests, without their prefix; none if nothing has the form of a signature. */
  signatures: readonly string[];
  /** The timestamp, if it is in the list; else empty. */
  timestamp: string;
}

/** Throws an Error for a list without separators or a key, and for a timestamp in a list that isn't there. */
export function createSignatureForm({ signature, timestamp }: SchemeDefinition): SignatureForm {
  const timestampKey = timestamp && 'key' in timestamp.in ? timestamp.in.key : undefined;
  if (signature.list !== undefined) return createListForm(layoutOf(signature, timestampKey));
  if (timestampKey !== undefined) throw new Error('a timestamp with a key needs a signature header with a list');
  const { prefix = '' } = signature;
  return {
    write: digest => prefix + digest,
    read: value => ({ signatures: withoutPrefix(value, prefix), timestamp: '' }),
  };
}

interface ListLayout {
  prefix: string;
  list: string;
  pair: string;
  key: string;
  timestampKey: string | undefined;
}

function layoutOf(signature: SignatureDefinition, timestampKey: string | undefined): ListLayout {
  const { prefix = '', list = '', pair = '', key = '' } = signature;
  if ([list, pair, key].includes('')) throw new Error("a signature header's list needs `list`, `pair` and `key`");
  return { prefix, list, pair, key, timestampKey };
}

/** Entries may come in any order. Those with other keys belong to other versions of the scheme. */
const createListForm = ({ prefix, list, pair, key, timestampKey }: ListLayout): SignatureForm => ({
  write(digest, timestamp) {
    const signature = `${key}${pair}${prefix}${digest}`;
    return timestampKey === undefined ? signature : `${timestampKey}${pair}${timestamp}${list}${signature}`;
  },
  read(value) {
    const signatures: string[] = [];
    let timestamp = '';
    for (const entry of value.split(list)) {
      const end = entry.indexOf(pair);
      if (end < 0) continue;
      const [name, text] = [entry.slice(0, end).trim(), entry.slice(end + pair.length).trim()];
      if (name === key) signatures.push(...withoutPrefix(text, prefix));
      else if (name === timestampKey && timestamp === '') timestamp = text;
    }
    return { signatures, timestamp };
  },
});

const withoutPrefix = (value: string, prefix: string): string[] =>
  value.startsWith(prefix) ? [value.slice(prefix.length)] : [];
