import { Readable } from 'node:stream';
import { inOrder } from '../../threads/in-order.js';
import { piecesOf } from '../../recording/lines.js';
import { openCaptures } from '../../recording/read.js';
import { withoutMark } from '../../recording/formats.js';
import { joined, peek, wholeOf } from '../../recording/stream.js';
import type { Context } from '../command.js';
import { bytesOf, named } from '../input/files.js';
import { helpWith } from '../workers.js';
import type { BodyFormat, LineFormat } from './formats.js';
import type { BodyEntry, Prescan, Task } from './prescan.js';

/** Lines of a file, and what they are at first sight. */
export interface Lines {
  format: LineFormat;
  /** Of the first of them, from 1. */
  number: number;
  prescans: readonly Prescan[];
  /** What stands on a line, if anything does. */
  entryOn: (line: Buffer) => BodyEntry | undefined;
}

interface Reading {
  format: BodyFormat | undefined;
  type: string | undefined;
}

type Surroundings = Pick<Context, 'environment'>;

/** What is in a file, or on standard input for `-`: one body, or lines of them, several at a time. Throws InputError. */
export const bodiesIn = (name: string, reading: Reading, surroundings: Surroundings): AsyncGenerator<Buffer | Lines> =>
  named(name, read(name, reading, surroundings));

async function* read(
  name: string,
  { format, type }: Reading,
  surroundings: Surroundings,
): AsyncGenerator<Buffer | Lines> {
  const bytes = bytesOf(name, surroundings);
  const { head, told, rest } = await peek(bytes, (some, isWhole) => format ?? formatOf(name, some, isWhole));
  const whole = joined(head, rest);
  if (told === 'json') yield await wholeOf(whole, document);
  else yield* prescannedLines(whole, { format: told, type }, surroundings);
}

async function* prescannedLines(
  whole: AsyncIterable<Buffer>,
  task: Task,
  surroundings: Surroundings,
): AsyncGenerator<Lines> {
  const pieces = task.format === 'ndjson' ? piecesOf(whole) : await recordsIn(whole);
  // With it comes the reader of recordings, which takes longer to load than a document to judge.
  const { prescanPiece, entryOnLine } = await import('./prescan.js');
  const prescan = (piece: Buffer) => prescanPiece(piece, task);
  let number = 1;
  for await (const prescans of inOrder(pieces, prescan, helpWith('validate', task, surroundings))) {
    yield { format: task.format, number, prescans, entryOn: entryOnLine[task.format] };
    number += prescans.length;
  }
}

async function recordsIn(whole: AsyncIterable<Buffer>): Promise<AsyncIterable<Buffer>> {
  const captures = await openCaptures(whole, 'recording');
  // There is nothing in it but line breaks.
  return 'pieces' in captures ? captures.pieces : Readable.from([]);
}

const document = { name: 'a JSON document', hint: 'write one event a line, and they are read line by line' };

/** Bytes in which the format has to show. */
const enough = 64 * 1024;

function formatOf(name: string, head: Buffer, isWhole: boolean): BodyFormat | undefined {
  const text = withoutMark(head).subarray(0, enough).toString().trimStart();
  if (/^\{"v":\d/.test(text)) return 'recording';
  if (/\.(?:ndjson|jsonl)$/i.test(name)) return 'ndjson';
  const [, first, rest = ''] = /^([^\n]+)\n\s*(.?)/.exec(text) ?? [];
  if (first !== undefined && rest !== '') return isJson(first) ? 'ndjson' : 'json';
  return isWhole || head.length >= enough ? 'json' : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
