import { milliseconds } from '../text/duration.js';
import { rfc3339Time } from '../text/rfc3339.js';
import type { TimestampDefinition, TimestampUnit } from './definition.js';

/** Why a timestamp is refused. */
export type TimestampReason = 'timestamp-malformed' | 'timestamp-too-old' | 'timestamp-in-the-future';

/** What is wrong with a timestamp. */
export interface TimestampFlaw {
  reason: TimestampReason;
  /** RFC 3339, in UTC, if the time itself is wrong. */
  signedAt?: string;
}

/** How far a timestamp may be from now, such as `5m`; or null for any distance. */
export interface Tolerance {
  past: string | null;
  future: string | null;
}

/** How a scheme writes its timestamps, and which ones it accepts. */
export interface TimestampFormat {
  write: (time: Date) => string;
  /** Returns undefined for a timestamp within the tolerance. Without `now`, only its form is checked. */
  check: (text: string, now: Date | undefined) => TimestampFlaw | undefined;
  /** Whether timestamps can be out of tolerance. */
  isLimited: boolean;
}

/** Throws an Error for a tolerance that isn't a duration. */
export function createTimestampFormat({ unit = 's', past, future }: TimestampDefinition): TimestampFormat {
  const [oldest, newest] = [toleranceOf(past), toleranceOf(future)];
  return {
    write: time => writeTimestamp(time, unit),
    isLimited: oldest < Infinity || newest < Infinity,
    check(text, now) {
      const time = readTimestamp(text, unit);
      if (time === undefined) return { reason: 'timestamp-malformed' };
      const age = now ? now.getTime() - time : 0;
      if (age > oldest) return { reason: 'timestamp-too-old', ...signedAt(time) };
      return -age > newest ? { reason: 'timestamp-in-the-future', ...signedAt(time) } : undefined;
    },
  };
}

/** Empty for an invalid date. */
function signedAt(time: number): { signedAt?: string } {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? {} : { signedAt: date.toISOString() };
}

/** Returns milliseconds since 1970, or undefined for a text that isn't a timestamp of this unit. */
export function readTimestamp(text: string, unit: TimestampUnit): number | undefined {
  if (unit === 'rfc3339') return rfc3339Time(text);
  // No date needs more digits, and a double holds them exactly.
  if (!/^\d{1,15}$/.test(text)) return undefined;
  return Number(text) * (unit === 'ms' ? 1 : 1000);
}

function writeTimestamp(time: Date, unit: TimestampUnit): string {
  if (unit === 'rfc3339') return time.toISOString();
  return String(unit === 'ms' ? time.getTime() : Math.floor(time.getTime() / 1000));
}

function toleranceOf(duration: string | null): number {
  const tolerance = duration === null ? Infinity : milliseconds(duration);
  // Comparisons with NaN would let every timestamp pass.
  if (Number.isNaN(tolerance)) throw new Error(`a timestamp's tolerance can't be "${duration ?? ''}"`);
  return tolerance;
}
