import { InvalidValueError } from '../errors.js';

/** What stands both in flags and in the configuration file. */

const milliseconds = new Map([['ms', 1], ['s', 1000], ['m', 60_000], ['h', 3_600_000]]); // prettier-ignore

/** The longest time that Node's timers can wait; a longer one would fire at once. */
const longestDuration = 2 ** 31 - 1;

/** `250ms`, `1.5s`, `5m` or `1h`, as milliseconds: 1 at least. */
export function duration(text: string): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  const length = Math.round(Number(amount) * (milliseconds.get(unit) ?? Number.NaN));
  if (!(length >= 1 && length <= longestDuration)) {
    throw new InvalidValueError(`"${text}" isn't a duration`, {
      hint: 'write it like 250ms, 10s, 5m or 1h; 24 days at most',
    });
  }
  return length;
}

/** Any text but none at all: an empty one is a variable of the caller's that isn't set. */
export function text(value: string): string {
  if (value === '') throw new InvalidValueError('the value is empty');
  return value;
}

/** A file to record in. */
export function recording(file: string): string {
  if (!/\.har$/i.test(file)) return text(file);
  throw new InvalidValueError("a HAR file can't be added to", {
    hint: 'record into an .ndjson file, and turn it into HAR with webhook-cli export --to har',
  });
}

/** A file that the configuration names. */
export function storedPath(value: string): string {
  if (value === '-') throw new InvalidValueError('standard input is for flags');
  return text(value);
}

export function variableName(value: string): string {
  if (/^[A-Za-z_]\w*$/.test(value)) return value;
  // It stays unsaid: it may be the secret itself, given by mistake.
  throw new InvalidValueError("isn't the name of a variable", { hint: 'a secret never stands in the configuration' });
}
