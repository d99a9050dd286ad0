import type { Span } from '../json/text.js';
import { jsonIn } from '../json/parse.js';
import type { Path } from './reshape.js';
import { valueAt } from '../json/value-at.js';

const timePath: Path = ['event', 'created_at'];

/** The paths of the values that change from event to event. */
const distinctive: readonly Path[] = [
  ['event', 'id'],
  ['event', 'event_reference_id'],
  ['data', 'customer_id'],
  timePath,
];

export interface Steps {
  /** Paths whose values don't change. */
  fixed: readonly Path[];
  /** Milliseconds from one event to the next. Longer if the event's time format is coarser. */
  step: number;
}

type Successor = (round: number) => string;

type Pieces = readonly (string | Successor)[];

/**
 * Derives further events from one, far faster than generating them: UUIDs count up, times advance, and the rest stays the
 * same. Round 0 is the event itself.
 */
export async function createSeries(body: Uint8Array, steps: Steps): Promise<(round: number) => Uint8Array> {
  const pieces = await piecesOf(body, steps);
  return round => {
    if (round === 0) return body;
    let text = '';
    for (const piece of pieces) text += typeof piece === 'string' ? piece : piece(round);
    return Buffer.from(text);
  };
}

/** Returns the milliseconds between rounds of several events that put each round after the one before. */
export function stepAcross(bodies: readonly Uint8Array[]): number {
  if (bodies.length < 2) return 1;
  const times = bodies
    .map(body => Date.parse(String(valueAt(jsonIn(body), timePath))))
    .filter(time => !Number.isNaN(time));
  const span = times.length === 0 ? 0 : Math.max(...times) - Math.min(...times);
  return Math.max(bodies.length, Math.ceil(span / 1000) + 1) * 1000;
}

async function piecesOf(body: Uint8Array, { fixed, step }: Steps): Promise<Pieces> {
  const json = jsonIn(body);
  const moving = distinctive.filter(path => !fixed.some(other => isWithin(path, other)));
  const successors = new Map(moving.flatMap(path => entryOf(valueAt(json, path), step)));
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
  if (successors.size === 0) return [text];
  const tokens = [...successors.keys()];
  const kept = fixed.filter(path => {
    const value = JSON.stringify(valueAt(json, path)) as string | undefined;
    return tokens.some(token => value?.includes(token));
  });
  return cut(text, successors, kept.length === 0 ? [] : await spansOf(kept, text));
}

const isWithin = (path: Path, other: Path): boolean => other.every((key, index) => path[index] === key);

/** Loads the parser only for the rare text that contains a value twice. */
async function spansOf(paths: readonly Path[], text: string): Promise<Span[]> {
  const { readJsonText } = await import('../json/text.js');
  const { spanOf } = readJsonText(text);
  return paths.map(path => spanOf(path, 'value'));
}

function cut(text: string, successors: ReadonlyMap<string, Successor>, kept: readonly Span[]): Pieces {
  const anyToken = new RegExp([...successors.keys()].map(token => token.replaceAll('.', '\\.')).join('|'), 'g');
  const pieces: (string | Successor)[] = [];
  let end = 0;
  for (const { 0: token, index } of text.matchAll(anyToken)) {
    const successor = successors.get(token);
    if (!successor || kept.some(span => index >= span.start && index < span.end)) continue;
    pieces.push(text.slice(end, index), successor);
    end = index + token.length;
  }
  return [...pieces, text.slice(end)];
}

const uuid = /^([0-9a-f]{8})((?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.(\d+))?Z$/;

/** Pairs the quoted value with its successors. Returns no pair for a value that can't be incremented. */
function entryOf(value: unknown, step: number): (readonly [string, Successor])[] {
  if (typeof value !== 'string') return [];
  const [, first, rest] = uuid.exec(value) ?? [];
  if (first !== undefined && rest !== undefined) {
    const start = Number.parseInt(first, 16);
    return [[`"${value}"`, round => `"${((start + round) % 2 ** 32).toString(16).padStart(8, '0')}${rest}"`]];
  }
  const found = timestamp.exec(value);
  const time = found ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? [] : [[`"${value}"`, timesAfter(time, found?.[1] ?? '', step)]];
}

/** The last time with a year of four digits. */
const latest = Date.parse('9999-12-31T23:59:59.999Z');

/** Keeps the form of the first time and the number of digits in its fraction. */
function timesAfter(time: number, fraction: string, step: number): Successor {
  // JavaScript counts milliseconds, so finer digits stay the same.
  const [digits, finer] = [Math.min(3, fraction.length), fraction.slice(3)];
  const least = Math.max(step, 10 ** (3 - digits));
  return round => {
    const text = new Date(Math.min(time + round * least, latest)).toISOString();
    return `"${text.slice(0, digits === 0 ? -5 : digits - 4)}${finer}Z"`;
  };
}
