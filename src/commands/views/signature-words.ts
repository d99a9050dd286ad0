import type { Style } from '../../contract/command.js';
import type { SignatureReason } from '../../scheme/scheme.js';

/** The problem in one or two words, for a line of a list. */
export const shortReasons: Readonly<Record<SignatureReason, string>> = {
  'signature-missing': 'unsigned',
  'signature-malformed': 'malformed',
  'signature-mismatch': 'mismatch',
  'signature-ambiguous': 'ambiguous',
  'algorithm-unsupported': 'algorithm',
  'version-unsupported': 'version',
  'id-missing': 'no id',
  'timestamp-missing': 'no timestamp',
  'timestamp-malformed': 'bad time',
  'timestamp-too-old': 'too old',
  'timestamp-in-the-future': 'too new',
};

export const isSignatureReason = (reason: string): reason is SignatureReason => Object.hasOwn(shortReasons, reason);

/** The hint for a request with another scheme's headers. */
export const lookWords = (scheme: string, { visible }: Pick<Style, 'visible'>): string =>
  `looks like ${visible(scheme)}: try --scheme ${visible(scheme)}`;

interface OtherTimes {
  receivedAt: string | undefined;
  /** A time from the user to compare with instead. */
  comparedWith?: string | undefined;
}

/** When a request was signed, and how long before or after the reference time. All are RFC 3339. */
export function timeWords(signedAt: string, { receivedAt, comparedWith }: OtherTimes): string {
  const difference = Date.parse(comparedWith ?? receivedAt ?? '') - Date.parse(signedAt);
  if (Number.isNaN(difference)) return `signed at ${signedAt}`;
  const other = comparedWith === undefined ? 'it came' : 'the time of --now';
  return `signed at ${signedAt}, ${spanWords(Math.abs(difference))} ${difference < 0 ? 'after' : 'before'} ${other}`;
}

/** The two largest units of a time in milliseconds: `2 d 3 h`, `12 min`, `8 s`. */
function spanWords(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}
