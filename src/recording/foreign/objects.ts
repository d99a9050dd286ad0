import type * as z from 'zod/mini';
import { CaptureError } from '../capture-error.js';
import type { CapturedRequest, CaptureEntry } from '../captured-request.js';
import { flawOf } from '../parts.js';

/** How a program writes requests as JSON. */
export interface ObjectFormat<Entry> {
  /** With its article. */
  name: string;
  /** Returns the entries in an object of the file, which may be an entry itself. */
  entriesIn: (value: object) => readonly unknown[];
  schema: z.ZodMiniType<Entry>;
  /** Returns the request, or a text that says why it is unusable. */
  read: (entry: Entry) => CapturedRequest | string;
}

/** Reads a file of JSON: one object, an array of them, or one per line. A bad one doesn't affect the others. Throws CaptureError. */
export function readObjects<Entry>(
  bytes: Uint8Array,
  { name, entriesIn, schema, read }: ObjectFormat<Entry>,
): CaptureEntry[] {
  return valuesIn(bytes, name).flatMap(value => {
    if (value === broken) return [corrupt("it isn't JSON")];
    if (typeof value !== 'object' || value === null) return [corrupt("it isn't an object")];
    return entriesIn(value).flatMap((entry): CaptureEntry[] => {
      const { data, error } = schema.safeParse(entry);
      if (error) return [corrupt(flawOf(error))];
      const request = read(data);
      return [typeof request === 'string' ? corrupt(request) : { kind: 'request', request }];
    });
  });
}

const corrupt = (reason: string): CaptureEntry => ({ kind: 'corrupt', reason });

const broken = Symbol('broken');

function valuesIn(bytes: Uint8Array, name: string): unknown[] {
  const text = new TextDecoder().decode(bytes);
  const whole = parse(text);
  if (whole !== broken) return [whole].flat();
  const values = text
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(parse);
  if (values.length > 1 && values[0] !== broken) return values;
  throw new CaptureError('not-json', `this isn't ${name}: it isn't JSON`);
}

/** Drops the error, which quotes the file. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return broken;
  }
}
