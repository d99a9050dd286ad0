import type * as z from 'zod/mini';
import { countText, countWord, mayHideMore, tallyFor, type Tally } from '../json/structure.js';

/** Whether a value is certainly valid, with known keys only, and written in a text that hides nothing. */
export type Look = (json: unknown, text: string) => boolean;

/** Compiles a schema of an event into a look, which visits each value once. What it doesn't understand is never certain. */
export function lookFor(schema: z.core.$ZodType): Look {
  const look = lookWith(schema);
  return (json, text) => {
    const tally = tallyFor(text);
    return look(json, tally) && !mayHideMore(text, tally);
  };
}

/** Whether a value is certainly good. Counts what it needs of the text. */
type Step = (value: unknown, tally: Tally) => boolean;

function lookWith(schema: z.core.$ZodType): Step {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if ((def.checks?.length ?? 0) > 0) return asSchemaSays(schema);
  switch (def.type) {
    case 'optional':
      // JSON has no undefined.
      return lookWith(def.innerType);
    case 'nullable':
      return unlessNull(lookWith(def.innerType));
    case 'array':
      return inArray(lookWith(def.element));
    case 'object':
      return inObject(def.shape);
    case 'string':
      return isText;
    default:
      return asSchemaSays(schema);
  }
}

const isText: Step = (value, tally) => {
  if (typeof value !== 'string') return false;
  countText(value, tally);
  return true;
};

/** The schema itself decides about a value without parts: those couldn't be counted here. */
const asSchemaSays =
  (schema: z.core.$ZodType): Step =>
  (value, tally) => {
    if (typeof value === 'string') countText(value, tally);
    else if (typeof value === 'object' && value !== null) return false;
    else countWord(value, tally);
    const result = schema._zod.run({ value, issues: [] }, { async: false });
    return !(result instanceof Promise) && result.issues.length === 0;
  };

const unlessNull =
  (look: Step): Step =>
  (value, tally) => {
    if (value !== null) return look(value, tally);
    countWord(value, tally);
    return true;
  };

const inArray =
  (look: Step): Step =>
  (value, tally) => {
    if (!Array.isArray(value)) return false;
    tally.length += brackets(value.length);
    return value.every(item => look(item, tally));
  };

function inObject(shape: z.core.$ZodShape): Step {
  const keys = new Map(Object.entries(shape).map(([key, schema]) => [key, keyOf(key, schema)]));
  const required = [...keys.values()].filter(({ isRequired }) => isRequired).length;
  return (value, tally) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    let [count, found] = [0, 0];
    // Parsed JSON inherits no keys.
    for (const name in value) {
      const key = keys.get(name);
      if (!key?.look((value as Record<string, unknown>)[name], tally)) return false;
      tally.length += key.length;
      count += 1;
      if (key.isRequired) found += 1;
    }
    tally.quotes += 2 * count;
    tally.length += brackets(count);
    return found === required;
  };
}

const keyOf = (name: string, schema: z.core.$ZodType) => ({
  look: lookWith(schema),
  isRequired: schema._zod.optin !== 'optional',
  /** With two quotation marks and a colon. */
  length: name.length + 3,
});

/** The length of two brackets and the commas between their parts. */
const brackets = (parts: number): number => 2 + Math.max(0, parts - 1);
