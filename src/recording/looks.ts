import { isUtf8 } from 'node:buffer';
import { foreignFormOf } from '../json/foreign-form.js';

/** Kinds of files without requests. */
export type Look = keyof typeof names;

/** With their articles, for messages. */
const names = {
  gzip: 'a gzip-compressed file',
  compressed: 'a compressed file',
  'utf-16': 'text in UTF-16',
  zip: 'a zip archive',
  pdf: 'a PDF document',
  executable: 'an executable',
  image: 'an image',
  'network-capture': 'a capture of network packets',
  html: 'a web page',
  xml: 'XML',
  payload: 'one event, without the request that carried it',
  payloads: 'a list of events, without the requests that carried them',
  json: 'other JSON',
  'broken-json': 'JSON that is broken or cut short',
  headers: 'a request without its request line',
  yaml: 'YAML',
  csv: 'CSV',
  binary: 'binary data',
  text: 'other text',
} as const;

export const nameOf = (look: Look): string => names[look];

/** How files begin, in hex. */
const beginnings: readonly (readonly [Look, RegExp])[] = [
  ['gzip', /^1f8b/],
  // Zstandard, xz, bzip2, 7z.
  ['compressed', /^(?:28b52ffd|fd377a585a00|425a68|377abcaf271c)/],
  ['zip', /^504b(?:0304|0506)/],
  ['pdf', /^25504446/],
  // ELF, Windows, Mach-O.
  ['executable', /^(?:7f454c46|4d5a|(?:fe|c[ef]fa)edfa|cafebabe)/],
  // PNG, JPEG, GIF, WebP.
  ['image', /^(?:89504e47|ffd8ff|47494638|52494646.{8}57454250)/],
  ['network-capture', /^(?:a1b2c3d4|d4c3b2a1|0a0d0d0a)/],
];

/** Recognises the kind of a file by its beginning. `isWhole`: it is the whole file. */
export function lookOf(head: Buffer, { isWhole }: { isWhole: boolean }): Look {
  const beginning = head.subarray(0, 16).toString('hex');
  const found = beginnings.find(([, pattern]) => pattern.test(beginning));
  if (found) return found[0];
  if (foreignFormOf(head)) return 'utf-16';
  // The last character may be cut off.
  if (!isUtf8(isWhole ? head : withoutCutCharacter(head)) || head.includes(0)) return 'binary';
  return lookOfText(head.toString().replace(/^\uFEFF/, '').trimStart(), { isWhole }); // prettier-ignore
}

function withoutCutCharacter(head: Buffer): Buffer {
  let end = head.length;
  while (end > 0 && ((head[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1;
  return head.subarray(0, Math.max(0, end - 1));
}

const texts: readonly (readonly [Look, RegExp])[] = [
  ['html', /^<(?:!doctype html|html|head|body)\b/i],
  ['xml', /^<(?:\?xml|[a-z][\w:.-]*[\s/>])/i],
  [
    'headers',
    /^(?:[\w-]+:[^\n]*\n){0,20}(?:content-type|content-length|user-agent|accept|x-[\w-]+|[\w-]+-signature):[^\n]*\n/i,
  ],
  ['yaml', /^(?:---|[\w-]+:(?: |\r?\n))/],
  ['csv', /^"?[\w ]+"?(?:[,;]"?[\w ]+"?){2,}\r?\n/],
];

function lookOfText(text: string, { isWhole }: { isWhole: boolean }): Look {
  if (/^[{[]/.test(text)) return lookOfJson(text, { isWhole });
  return texts.find(([, pattern]) => pattern.test(text))?.[0] ?? 'text';
}

function lookOfJson(text: string, { isWhole }: { isWhole: boolean }): Look {
  const value = parsed(text);
  if (value !== undefined) return lookOfValue(value);
  const lines = text.split('\n').filter(line => line.trim() !== '');
  const [first, second] = lines.map(parsed);
  if (first !== undefined && (second !== undefined || lines.length > 2)) return isEvent(first) ? 'payloads' : 'json';
  if (!isWhole) return /^\s*\{\s*"(?:event|data)"\s*:/.test(text) ? 'payload' : 'json';
  return 'broken-json';
}

function lookOfValue(value: unknown): Look {
  if (Array.isArray(value)) return value.length > 0 && value.every(isEvent) ? 'payloads' : 'json';
  return isEvent(value) ? 'payload' : 'json';
}

const isEvent = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'event' in value && 'data' in value;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
