import type { SchemeDefinition } from './definition.js';

/** What the value of a signature header holds. */
export interface SignatureValue {
  /** Each as it is written, without its prefix; empty where nothing has the form of one. */
  signatures: readonly string[];
  /** Where it is an entry of the list. */
  timestamp?: string | undefined;
}

type Layout = Pick<SchemeDefinition, 'signature' | 'timestamp'>;

/** Puts a signature, and a timestamp that belongs into its header, in the form of the scheme. */
export function writeSignatureValue(signature: string, timestamp: string, layout: Layout): string {
  const { prefix = '', list, pair = '', key = '' } = layout.signature;
  if (list === undefined) return prefix + signature;
  const timestampKey = timestampKeyOf(layout);
  const entries = timestampKey === undefined ? [] : [`${timestampKey}${pair}${timestamp}`];
  return [...entries, `${key}${pair}${prefix}${signature}`].join(list);
}

/** Takes a value apart. The order of a list doesn't matter, nor do entries with keys of other versions. */
export function readSignatureValue(value: string, layout: Layout): SignatureValue {
  const { prefix = '', list, pair = '', key = '' } = layout.signature;
  if (list === undefined) return { signatures: withoutPrefix(value, prefix) };
  const entries = value.split(list).map((entry): readonly [string, string] => {
    const end = entry.indexOf(pair);
    return end < 0 ? ['', ''] : [entry.slice(0, end).trim(), entry.slice(end + pair.length).trim()];
  });
  const timestampKey = timestampKeyOf(layout);
  return {
    signatures: entries.flatMap(([name, text]) => (name === key ? withoutPrefix(text, prefix) : [])),
    timestamp: timestampKey === undefined ? undefined : entries.find(([name]) => name === timestampKey)?.[1],
  };
}

const withoutPrefix = (value: string, prefix: string): string[] =>
  value.startsWith(prefix) ? [value.slice(prefix.length)] : [];

const timestampKeyOf = ({ timestamp }: Layout): string | undefined =>
  timestamp && 'key' in timestamp.in ? timestamp.in.key : undefined;
