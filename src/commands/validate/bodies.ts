import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { inOrder } from '../../capture/in-order.js';
import { piecesOf } from '../../capture/ndjson.js';
import { openCaptures } from '../../capture/read.js';
import { withoutMark } from '../../capture/recognise.js';
import { joined, peek, wholeOf } from '../../capture/stream.js';
import { InputError, systemCode } from '../../errors.js';
import type { Context } from '../command.js';
import { unreadable } from '../unreadable.js';
import { helpWith } from '../workers.js';
import type { BodyFormat, LineFormat } from './formats.js';
import { glancesAt, type Glance, type Task } from './glance.js';

/** Lines of a file, and what they are at first sight. */
export interface Lines {
  format: LineFormat;
  /** Of the first of them, from 1. */
  number: number;
  glances: readonly Glance[];
}

interface Reading {
  format: BodyFormat | undefined;
  type: string | undefined;
}

type Surroundings = Pick<Context, 'cwd' | 'openStdin' | 'workerScript'>;

/** What is in a file, or on standard input for `-`: one body, or lines of them, several at a time. Throws InputError. */
export async function* bodiesIn(
  name: string,
  { format, type }: Reading,
  surroundings: Surroundings,
): AsyncGenerator<Buffer | Lines> {
  try {
    const stream = name === '-' ? surroundings.openStdin() : chunksOf(path.resolve(surroundings.cwd, name));
    const { head, told, rest } = await peek(stream, (bytes, isWhole) => format ?? formatOf(name, bytes, isWhole));
    const whole = joined(head, rest);
    if (told === 'json') yield await wholeOf(whole, document);
    else yield* glancedLines(whole, { format: told, type }, surroundings);
  } catch (cause) {
    if (cause instanceof InputError) throw new InputError(`${name}: ${cause.message}`, { hint: cause.hint, cause });
    if (systemCode(cause) === '') throw cause;
    throw unreadable(name, cause);
  }
}

async function* glancedLines(
  whole: AsyncIterable<Buffer>,
  task: Task,
  surroundings: Surroundings,
): AsyncGenerator<Lines> {
  const pieces = task.format === 'ndjson' ? piecesOf(whole) : await recordsIn(whole);
  const glance = (piece: Buffer) => glancesAt(piece, task);
  let number = 1;
  for await (const glances of inOrder(pieces, glance, helpWith('validate', task, surroundings))) {
    yield { format: task.format, number, glances };
    number += glances.length;
  }
}

async function recordsIn(whole: AsyncIterable<Buffer>): Promise<AsyncIterable<Buffer>> {
  const captures = await openCaptures(whole, 'recording');
  // There is nothing in it but line breaks.
  return 'pieces' in captures ? captures.pieces : Readable.from([]);
}

/** Most files are small, and a stream costs more than all the rest. In bytes. */
const small = 1024 * 1024;

/** In bytes: the default of 64 KiB costs a tenth of the speed. */
const chunkSize = 256 * 1024;

async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  const handle = await open(file);
  try {
    if (await isSmall(handle)) yield await handle.readFile();
    else yield* handle.createReadStream({ autoClose: false, highWaterMark: chunkSize }) as AsyncIterable<Buffer>;
  } finally {
    await handle.close();
  }
}

async function isSmall(handle: FileHandle): Promise<boolean> {
  const stats = await handle.stat();
  return stats.isFile() && stats.size <= small;
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
