import { readTimestamp } from '../timestamp.js';
import type { LooseClaim } from '../claim.js';
import type { Scheme } from '../scheme.js';
import type { TimestampUnit } from '../definition.js';
import type { Finding } from './hypothesis.js';

const asked: Readonly<Record<TimestampUnit, string>> = {
  s: 'send whole seconds since 1970: Math.floor(Date.now() / 1000), time(), int(time.time())',
  ms: 'send milliseconds since 1970: Date.now(), int(time.time() * 1000)',
  rfc3339: 'send the date and time in the form 2026-01-31T09:30:00Z: new Date().toISOString()',
};

/** Returns the mistake in the format of a timestamp, whose signature may be valid. */
export function timestampFindings({ timestamp }: LooseClaim, { definition, isTimed }: Scheme): Finding[] {
  if (!definition.timestamp || timestamp === '') return [];
  const { unit = 's' } = definition.timestamp;
  const written = unitOf(timestamp);
  // Any number could be seconds, so the number of digits decides.
  const isAccepted = readTimestamp(timestamp, unit) !== undefined && (!isTimed || unit === written?.unit);
  if (written === undefined || isAccepted || written.unit === unit) return [];
  const words = `the timestamp is ${written.words}, but this scheme uses ${inWords[unit]}`;
  return [{ about: 'timestamp', id: written.id, words, remedy: asked[unit] }];
}

const inWords: Readonly<Record<TimestampUnit, string>> = {
  s: 'seconds',
  ms: 'milliseconds',
  rfc3339: 'a date and time',
};

/** Milliseconds have 12 digits or more since 1973, and seconds fewer until the year 5138. */
const forms: readonly { pattern: RegExp; unit: TimestampUnit | undefined; id: string; words: string }[] = [
  { pattern: /^\d{8,11}$/, unit: 's', id: 'sent-in-seconds', words: 'in seconds' },
  { pattern: /^\d{12,14}$/, unit: 'ms', id: 'sent-in-milliseconds', words: 'in milliseconds' },
  { pattern: /^\d{4}-\d\d-\d\d[T ]/, unit: 'rfc3339', id: 'sent-as-date', words: 'a date and time' },
  { pattern: /^\w{3}, \d\d \w{3} \d{4}/, unit: undefined, id: 'sent-as-date', words: 'an HTTP date' },
  { pattern: /^\d+\.\d+$/, unit: undefined, id: 'sent-with-fractions', words: 'in seconds with fractions' },
  { pattern: /^\d{16,19}$/, unit: undefined, id: 'sent-in-nanoseconds', words: 'in microseconds or nanoseconds' },
];

const unitOf = (text: string) => forms.find(({ pattern }) => pattern.test(text));
