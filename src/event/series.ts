import { jsonIn } from './json.js';
import { microseconds } from './timestamp.js';
import { valueAt } from './value-at.js';
import type { Path } from './reshape.js';

/** What tells one event from another. */
const distinctive: readonly Path[] = [
  ['event', 'id'],
  ['event', 'event_reference_id'],
  ['data', 'customer_id'],
  ['event', 'created_at'],
];

type Successor = (round: number) => string;

/**
 * Makes further events of one, far faster than from nothing: UUIDs count up, times go on by a millisecond, and all else
 * stays as it is. The first round, 0, is the event itself. What stands at the places of `fixed` stays, too.
 */
export function createSeries(body: Uint8Array, fixed: readonly Path[]): (round: number) => Uint8Array {
  let pieces: readonly (string | Successor)[] | undefined;
  return round => {
    if (round === 0) return body;
    pieces ??= piecesOf(body, fixed);
    let text = '';
    for (const piece of pieces) text += typeof piece === 'string' ? piece : piece(round);
    return Buffer.from(text);
  };
}

function piecesOf(body: Uint8Array, fixed: readonly Path[]): (string | Successor)[] {
  const json = jsonIn(body);
  const kept = fixed.map(path => valueAt(json, path));
  const values = distinctive.map(path => valueAt(json, path)).filter(value => !kept.includes(value));
  const successors = new Map(values.flatMap(value => entryOf(value)));
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
  if (successors.size === 0) return [text];
  const anyToken = new RegExp(`(${[...successors.keys()].map(token => token.replaceAll('.', '\\.')).join('|')})`);
  return text.split(anyToken).map(piece => successors.get(piece) ?? piece);
}

const uuid = /^([0-9a-f]{8})((?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** The value as it stands in the text, with its quotes, and what comes after it. None where nothing is known to. */
function entryOf(value: unknown): (readonly [string, Successor])[] {
  if (typeof value !== 'string') return [];
  const [, first, rest] = uuid.exec(value) ?? [];
  if (first !== undefined && rest !== undefined) {
    const start = Number.parseInt(first, 16);
    return [[`"${value}"`, round => `"${((start + round) % 2 ** 32).toString(16).padStart(8, '0')}${rest}"`]];
  }
  const time = timestamp.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? [] : [[`"${value}"`, round => `"${microseconds(new Date(time + round))}"`]];
}
