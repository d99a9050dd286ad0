import { withoutBlanks } from '../http/header.js';
import type { SchemeDefinition, SignatureDefinition } from './definition.js';

/** The form of a scheme's signature header. */
export interface SignatureForm {
  /** Writes an encoded digest, and the timestamp if it belongs here, in this form. */
  write: (digest: string, values: { timestamp: string; isEd25519: boolean }) => string;
  read: (value: string) => SignatureValue;
}

/** The content of a signature header. */
interface SignatureValue {
  /** Encoded digests, without their prefix; empty if nothing has the form of a signature. */
  signatures: readonly string[];
  /** Signatures from the scheme's ed25519 entries, if it has both kinds. */
  ed25519: readonly string[];
  /** The timestamp, if it is in the list; else empty. */
  timestamp: string;
  /** Whether it is a list whose entries all belong to other versions of the scheme. */
  isForeign: boolean;
}

/** Takes a definition without contradictions. */
export function createSignatureForm({ signature, timestamp }: SchemeDefinition): SignatureForm {
  const { prefix = '', list } = signature;
  if (list !== undefined) return createListForm(layoutOf(signature, timestamp?.key));
  return {
    write: digest => prefix + digest,
    read: value => ({ signatures: withoutPrefix(value, prefix), ed25519: none, timestamp: '', isForeign: false }),
  };
}

const none: readonly string[] = [];

interface ListLayout {
  prefix: string;
  list: string;
  pair: string;
  key: string;
  ed25519Key: string | undefined;
  timestampKey: string | undefined;
}

const layoutOf = (
  { prefix = '', list = '', pair = '', key = '', ed25519 }: SignatureDefinition,
  timestampKey: string | undefined,
): ListLayout => ({ prefix, list, pair, key, ed25519Key: ed25519, timestampKey });

/** Entries may come in any order. Those with other keys belong to other versions of the scheme. */
const createListForm = ({ prefix, list, pair, key, ed25519Key, timestampKey }: ListLayout): SignatureForm => ({
  write(digest, { timestamp, isEd25519 }) {
    const signature = `${isEd25519 ? (ed25519Key ?? key) : key}${pair}${prefix}${digest}`;
    return timestampKey === undefined ? signature : `${timestampKey}${pair}${timestamp}${list}${signature}`;
  },
  read(value) {
    const [signatures, ed25519]: [string[], string[]] = [[], []];
    let timestamp = '';
    let others = 0;
    for (const entry of value.split(list)) {
      const end = entry.indexOf(pair);
      if (end < 0) continue;
      const [name, text] = [withoutBlanks(entry.slice(0, end)), withoutBlanks(entry.slice(end + pair.length))];
      if (name === key) signatures.push(...withoutPrefix(text, prefix));
      else if (name === ed25519Key) ed25519.push(...withoutPrefix(text, prefix));
      else if (name !== timestampKey) others += 1;
      else if (timestamp === '') timestamp = text;
    }
    return { signatures, ed25519, timestamp, isForeign: others > 0 && signatures.length + ed25519.length === 0 };
  },
});

const withoutPrefix = (value: string, prefix: string): string[] =>
  value.startsWith(prefix) ? [value.slice(prefix.length)] : [];
