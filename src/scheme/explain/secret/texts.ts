import type { Hypothesis } from '../hypothesis.js';
import { parseJson } from '../json/tokens.js';

export interface SecretMaterial {
  bytes: Uint8Array;
}

export const variableNames = [
  'WEBHOOK_SECRET',
  'FIN_WEBHOOK_SECRET',
  'SECRET',
  'WEBHOOK_SIGNING_SECRET',
  'SIGNING_SECRET',
  'SECRET_KEY',
];

export const blanks = /^[ \t\v\f\r\n]+|[ \t\v\f\r\n]+$/g;

/** Text is read as latin1, so that no byte changes. These convert between that and real characters. */
export const utf8 = (text: string): string => Buffer.from(text).toString('latin1');
export const unicode = (text: string): string => Buffer.from(text, 'latin1').toString();

const spellings = {
  base64: /^[A-Za-z0-9+/]+={0,2}$/,
  base64url: /^[A-Za-z0-9_-]+={0,2}$/,
  hex: /^(?:[0-9A-Fa-f]{2})+$/,
};

export const isHex = (text: string): boolean => spellings.hex.test(text);

export const decoded = (text: string, spelling: keyof typeof spellings): string | undefined =>
  spellings[spelling].test(text) ? Buffer.from(text, spelling).toString('latin1') : undefined;

/** Skips what isn't base64, as many decoders do. */
export const laxlyDecoded = (text: string): string => Buffer.from(text, 'base64').toString('latin1');

export const encoded = (text: string, spelling: keyof typeof spellings): string =>
  Buffer.from(text, 'latin1').toString(spelling);

export function inUtf16(text: string): Uint8Array[] {
  const little = Buffer.from(text, 'utf16le');
  const big = Buffer.from(little).swap16();
  return [
    little,
    Buffer.concat([Buffer.from('fffe', 'hex'), little]),
    big,
    Buffer.concat([Buffer.from('feff', 'hex'), big]),
  ];
}

/** Leaves out an empty secret, which has its own hypothesis. */
export function changed(
  change: (text: string) => readonly (string | undefined)[],
): Hypothesis<SecretMaterial>['attempt'] {
  return ({ bytes }) =>
    change(Buffer.from(bytes).toString('latin1')).flatMap(text =>
      text === undefined || text === '' ? [] : [Buffer.from(text, 'latin1')],
    );
}

/** The texts in a JSON object; none for anything else. */
export function valuesIn(text: string): string[] {
  if (!text.startsWith('{')) return [];
  const value = parseJson(text)?.value;
  return typeof value === 'object' && value !== null
    ? Object.values(value).filter(each => typeof each === 'string')
    : [];
}

export function decodedUrl(text: string): string | undefined {
  try {
    return text.includes('%') ? decodeURIComponent(text) : undefined;
  } catch {
    return undefined;
  }
}
