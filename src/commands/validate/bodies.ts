import { isJson } from '../../json/parse.js';
import { Readable } from 'node:stream';
import { inOrder } from '../../threads/in-order.js';
import { piecesOf } from '../../recording/lines.js';
import { openCaptures } from '../../recording/read.js';
import { withoutMark } from '../../recording/formats.js';
import { joined, peek, wholeOf } from '../../recording/stream.js';
import type { Ports } from '../../contract/command.js';
import { foreignFormOf } from '../../json/foreign-form.js';
import { isFilledArray, itemsIn } from '../../json/items.js';
import { bytesOf, named } from '../input/files.js';
import { helpWith } from '../workers.js';
import type { InputFormat, LineFormat } from '../payload/formats.js';
import type { Judge, Rules } from './judge.js';
import type { BodyEntry, Prescan, Task } from './prescan.js';

/** Lines of a file, and the result of prescanning them. */
export interface Lines {
  format: LineFormat;
  /** The number of the first line, from 1. */
  number: number;
  prescans: readonly Prescan[];
  /** Reads a non-blank line; undefined for a response. */
  entryOn: (line: Buffer) => BodyEntry | undefined;
}

/** A body that is a document, or an item of one with its position, from 1. */
interface Placed {
  body: Buffer;
  line: number;
  column: number;
  item?: number;
}

type Found = Placed | Lines;

interface Reading {
  format: InputFormat | undefined;
  rules: Rules;
  judge: Judge;
}

/** Reads a file, or standard input for `-`: one body, or one body per line, several at a time. Throws InputError. */
export const bodiesIn = (name: string, reading: Reading, ports: Pick<Ports, 'environment'>): AsyncGenerator<Found> =>
  named(name, read(name, reading, ports));

async function* read(
  name: string,
  { format, rules, judge }: Reading,
  ports: Pick<Ports, 'environment'>,
): AsyncGenerator<Found> {
  const bytes = bytesOf(name, ports);
  const { head, told, rest } = await peek(bytes, (some, isWhole) =>
    // A file that isn't UTF-8 is one document: otherwise, every line would be reported.
    foreignFormOf(some) === undefined ? (format ?? formatOf(name, some, isWhole)) : 'json',
  );
  const whole = joined(head, rest);
  if (told === 'json') yield* bodiesOf(await wholeOf(whole, document));
  else yield* prescannedLines(whole, { task: { format: told, rules }, judge }, ports);
}

/** Each item of an array is a body, as `generate --format json` writes it. */
function* bodiesOf(document: Buffer): Generator<Placed> {
  const text = withoutMark(document);
  if (!isFilledArray(text)) {
    yield { body: document, line: 1, column: 1 };
    return;
  }
  let number = 0;
  for (const { bytes, line, column } of itemsIn(text)) {
    number += 1;
    // The document's byte order mark is reported with its first item.
    const mark = number === 1 ? document.subarray(0, document.length - text.length) : bytes.subarray(0, 0);
    yield { body: mark.length === 0 ? bytes : Buffer.concat([mark, bytes]), line, column, item: number };
  }
}

async function* prescannedLines(
  whole: AsyncIterable<Buffer>,
  { task, judge }: { task: Task; judge: Judge },
  ports: Pick<Ports, 'environment'>,
): AsyncGenerator<Lines> {
  const pieces = task.format === 'ndjson' ? piecesOf(whole) : await recordsIn(whole);
  // Loaded on demand: the reader of recordings loads more slowly than a document is checked.
  const [{ prescanPiece, entryOnLine }, glancer] = await Promise.all([import('./prescan.js'), judge.glancer()]);
  const prescan = (piece: Buffer) => prescanPiece(piece, task.format, glancer);
  let number = 1;
  const help = helpWith('validate', () => task, ports);
  for await (const prescans of inOrder(pieces, prescan, help)) {
    yield { format: task.format, number, prescans, entryOn: entryOnLine[task.format] };
    number += prescans.reduce<number>((sum, prescan) => sum + linesOf(prescan), 0);
  }
}

/** The number of lines it covers. */
export const linesOf = (prescan: Prescan): number => (typeof prescan === 'number' ? prescan : 1);

async function recordsIn(whole: AsyncIterable<Buffer>): Promise<AsyncIterable<Buffer>> {
  const captures = await openCaptures(whole, 'recording');
  // The file has only line breaks.
  return 'pieces' in captures ? captures.pieces : Readable.from([]);
}

const document = { name: 'a JSON document', hint: 'write one event per line, so that they are read line by line' };

/** Bytes needed to detect the format. */
const enough = 64 * 1024;

function formatOf(name: string, head: Buffer, isWhole: boolean): InputFormat | undefined {
  const text = withoutMark(head).subarray(0, enough).toString().trimStart();
  if (/^\{"v":\d/.test(text)) return 'recording';
  if (/\.(?:ndjson|jsonl)$/i.test(name)) return 'ndjson';
  const [, first, rest = ''] = /^([^\n]+)\n\s*(.?)/.exec(text) ?? [];
  if (first !== undefined && rest !== '') return isJson(first) ? 'ndjson' : 'json';
  return isWhole || head.length >= enough ? 'json' : undefined;
}
