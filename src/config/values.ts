import { InvalidValueError } from '../errors.js';
import { milliseconds } from '../text/duration.js';
import { grouped } from '../text/words.js';

/** Parsers of values that flags and the configuration file share. Each throws InvalidValueError. */

/** The longest delay of Node's timers; a longer one would fire at once. */
const longestDuration = 2 ** 31 - 1;

/** Parses `250ms`, `1.5s`, `5m` or `1h`, and returns milliseconds: at least 1. */
export function duration(text: string): number {
  const length = milliseconds(text);
  if (length >= 1 && length <= longestDuration) return length;
  throw new InvalidValueError(`"${text}" isn't a duration`, {
    hint: 'write it like 250ms, 10s, 5m or 1h; 24 days at most',
  });
}

/** Formats milliseconds in the syntax of `duration`. */
export const durationText = (length: number): string => (length % 1000 === 0 ? `${length / 1000}s` : `${length}ms`);

/** Returns a parser of whole numbers from `least` to `most`. */
export const wholeNumber =
  (least: number, most = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    const range = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${grouped(most)}`;
    throw new InvalidValueError(`"${text}" isn't a whole number ${range}`);
  };

/** Accepts any text except an empty one, which an unset shell variable leaves. */
export function text(value: string): string {
  if (value === '') throw new InvalidValueError('the value is empty');
  return value;
}

/** The path of a file to record to. */
export function recording(file: string): string {
  if (!/\.har$/i.test(file)) return text(file);
  throw new InvalidValueError("can't append to a HAR file", {
    hint: 'record to an .ndjson file, then convert it with webhook-cli export --to har',
  });
}

/** A path that the configuration may name. */
export function storedPath(value: string): string {
  if (value === '-') throw new InvalidValueError('only a flag can name standard input');
  return text(value);
}

export function variableName(value: string): string {
  if (/^[A-Za-z_]\w*$/.test(value)) return value;
  // The value is not quoted: it may be the secret itself, given by mistake.
  throw new InvalidValueError("the value isn't the name of a variable", {
    hint: 'write a name like WEBHOOK_SECRET, and never the secret itself',
  });
}
