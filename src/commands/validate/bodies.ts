import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { CapturedRequest } from '../../capture/captured-request.js';
import { linesOf } from '../../capture/ndjson.js';
import { readCaptures } from '../../capture/read.js';
import { withoutMark } from '../../capture/recognise.js';
import { joined, peek, wholeOf } from '../../capture/stream.js';
import { InputError, systemCode } from '../../errors.js';
import type { Context } from '../command.js';
import { unreadable } from '../unreadable.js';
import type { BodyFormat } from './formats.js';

/** A body to judge and where it stands, or what stands there instead. */
export type BodyEntry =
  /** `line`: of the file, from 1. `index`: of a request in a recording, from 1; its lines are counted within its body. */
  | { kind: 'body'; body: Uint8Array; line: number; index?: number; wasSent?: boolean | undefined }
  | { kind: 'torn' }
  | { kind: 'corrupt'; reason: string };

/** The bodies in a file, or on standard input for `-`, in batches; all but single JSON documents are streamed. Throws InputError. */
export async function* bodiesIn(
  name: string,
  format: BodyFormat | undefined,
  { cwd, openStdin }: Pick<Context, 'cwd' | 'openStdin'>,
): AsyncGenerator<BodyEntry[]> {
  try {
    const stream = name === '-' ? openStdin() : chunksOf(path.resolve(cwd, name));
    const { head, told, rest } = await peek(stream, (bytes, isWhole) => format ?? formatOf(name, bytes, isWhole));
    yield* readers[told](joined(head, rest));
  } catch (cause) {
    if (cause instanceof InputError) throw new InputError(`${name}: ${cause.message}`, { hint: cause.hint, cause });
    if (systemCode(cause) === '') throw cause;
    throw unreadable(name, cause);
  }
}

/** Most files are small, and a stream costs more than all the rest. In bytes. */
const small = 1024 * 1024;

async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  const handle = await open(file);
  try {
    if (await isSmall(handle)) yield await handle.readFile();
    else yield* handle.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>;
  } finally {
    await handle.close();
  }
}

async function isSmall(handle: FileHandle): Promise<boolean> {
  const stats = await handle.stat();
  return stats.isFile() && stats.size <= small;
}

const readers: Record<BodyFormat, (whole: AsyncIterable<Buffer>) => AsyncGenerator<BodyEntry[]>> = {
  async *json(whole) {
    yield [{ kind: 'body', body: await wholeOf(whole, document), line: 1 }];
  },
  async *ndjson(whole) {
    let number = 0;
    for await (const lines of linesOf(whole)) {
      yield lines.flatMap(body => ((number += 1), isBlank(body) ? [] : [{ kind: 'body', body, line: number }]));
    }
  },
  async *recording(whole) {
    let index = 0;
    for await (const entries of readCaptures(whole, 'recording')) {
      yield entries.map(entry => (entry.kind === 'request' ? ofRequest(entry.request, (index += 1)) : entry));
    }
  },
};

const ofRequest = ({ body, wasSent }: CapturedRequest, index: number): BodyEntry => ({
  ...{ kind: 'body', body, line: 1, index, wasSent },
});

const document = { name: 'a JSON document', hint: 'write one event a line, and they are read line by line' };

const isBlank = (line: Buffer): boolean => line.length < 3 && line.toString().trim() === '';

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
