import { milliseconds } from '../text/duration.js';
import type { TimestampDefinition } from './definition.js';

export type TimestampReason =
  'timestamp-missing' | 'timestamp-malformed' | 'timestamp-too-old' | 'timestamp-in-the-future';

type Unit = NonNullable<TimestampDefinition['unit']>;

/** Writes the time as a scheme's timestamp. */
export function writeTimestamp(now: Date, unit: Unit): string {
  if (unit === 'rfc3339') return now.toISOString();
  return String(unit === 'ms' ? now.getTime() : Math.floor(now.getTime() / 1000));
}

/** Returns milliseconds since 1970, or undefined for a text that isn't a timestamp of this unit. */
export function readTimestamp(text: string, unit: Unit): number | undefined {
  if (unit === 'rfc3339') {
    const time = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(time) ? undefined : time;
  }
  // More digits than any date has; within them, a double is exact.
  if (!/^\d{1,15}$/.test(text)) return undefined;
  return Number(text) * (unit === 'ms' ? 1 : 1000);
}

/** Returns why a timestamp is out of tolerance; undefined where it's fine. */
export function judgeTimestamp(
  text: string,
  { unit = 's', past, future }: TimestampDefinition,
  now: Date | undefined,
): TimestampReason | undefined {
  const time = readTimestamp(text, unit);
  if (time === undefined) return 'timestamp-malformed';
  if (!now) return undefined;
  const age = now.getTime() - time;
  if (past !== null && age > milliseconds(past)) return 'timestamp-too-old';
  return future !== null && -age > milliseconds(future) ? 'timestamp-in-the-future' : undefined;
}
