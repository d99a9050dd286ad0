import type { FileHandle } from 'node:fs/promises';
import type { CaptureDamage, CapturedRequest } from '../recording/captured-request.js';
import { decodedLine, judgedRequest } from '../recording/ndjson.js';
import { answerOf, type WholeRecord } from '../recording/decode.js';
import type { CaptureRecord } from '../recording/record.js';
import { linesOf, type PlacedLine } from './recorded-lines.js';
import { createSpans, type Span, type Spans } from './spans.js';

/** Knows only where each request and its response are in a recording, which may be larger than memory. */
export interface RecordingIndex {
  /** Reads what was added since the last call. */
  extend: () => Promise<void>;
  /** The highest request number. */
  highest: () => number;
  /** Reads requests with their responses, from the highest number down. Skips those that are gone. */
  read: (positions: readonly number[]) => Promise<{ position: number; request: CapturedRequest }[]>;
  /** The numbers below `before`, from the highest down, in groups whose records are about 1 MiB. */
  batches: (before: number) => Generator<number[]>;
}

interface Indexing {
  /** The offset to start at. */
  start: number;
  /** Returns the number of a request; undefined if it isn't to be shown. */
  numberOf: (record: CaptureRecord, count: number) => number | undefined;
  /** Called for records that are skipped. */
  onDamage?: ((damage: CaptureDamage) => void) | undefined;
}

/** The number of requests that may wait for their responses, which arrive soon or not at all. */
const mostWaiting = 100_000;

/** In bytes of records, and in number of requests. */
const batch = { bytes: 1024 * 1024, requests: 64 };

export function createRecordingIndex(file: FileHandle, { start, numberOf, onDamage }: Indexing): RecordingIndex {
  const [requests, answers] = [createSpans(), createSpans()];
  const waiting = new Map<string, number>();
  let [end, count] = [start, 0];
  let turn: Promise<void> = Promise.resolve();

  const note = ({ record }: WholeRecord, span: Span): void => {
    if (record.kind === 'reply') {
      const position = waiting.get(record.of ?? '');
      if (position === undefined) return;
      waiting.delete(record.of ?? '');
      answers.set(position, span);
      return;
    }
    const position = numberOf(record, count);
    if (position === undefined) return;
    count += 1;
    requests.set(position, span);
    waiting.set(record.id, position);
    for (const id of waiting.keys()) {
      if (waiting.size <= mostWaiting) break;
      waiting.delete(id);
    }
  };

  const take = ({ start, line, isEnded }: PlacedLine): void => {
    const decoded = decodedLine(withoutMark(line, start));
    // It may still be being written.
    if (!isEnded && 'kind' in decoded) return;
    if (!('kind' in decoded)) note(decoded, { start, length: line.length });
    else if (!isBlank(line)) onDamage?.(decoded);
    end = start + line.length + (isEnded ? 1 : 0);
  };

  const readNew = async () => {
    for await (const lines of linesOf(file, end)) lines.forEach(take);
  };

  return {
    extend() {
      turn = turn.then(readNew, readNew);
      return turn;
    },
    highest: requests.highest,
    read: positions => readRequests(file, { positions, requests, answers }),
    batches: before => batchesOf(requests, before),
  };
}

function* batchesOf(requests: Spans, before: number): Generator<number[]> {
  let some: number[] = [];
  let bytes = 0;
  for (let position = Math.min(before - 1, requests.highest()); position > 0; position -= 1) {
    const length = requests.get(position)?.length;
    if (length === undefined) continue;
    some.push(position);
    bytes += length;
    if (bytes < batch.bytes && some.length < batch.requests) continue;
    yield some;
    [some, bytes] = [[], 0];
  }
  if (some.length > 0) yield some;
}

/** Only blanks, which some editors leave behind. */
const isBlank = (line: Buffer): boolean => line.toString('latin1', 0, 1024).trim() === '';

/** Some editors put a byte order mark at the start. */
const withoutMark = (line: Buffer, start: number): Buffer =>
  start === 0 && line.subarray(0, 3).equals(mark) ? line.subarray(3) : line;

const mark = Buffer.from('\u{feff}');

interface Reading {
  positions: readonly number[];
  requests: Spans;
  answers: Spans;
}

async function readRequests(file: FileHandle, { positions, requests, answers }: Reading) {
  const known = positions.flatMap(position => {
    const span = requests.get(position);
    return span ? [{ position, span, answer: answers.get(position) }] : [];
  });
  const recordAt = await openSpans(
    file,
    known.flatMap(({ span, answer }) => (answer ? [span, answer] : [span])),
  );
  const found: { position: number; request: CapturedRequest }[] = [];
  for (const { position, span, answer: answerSpan } of known) {
    const decoded = await recordAt(span);
    if (!decoded || decoded.record.kind === 'reply') continue;
    const request = judgedRequest(decoded);
    const answer = answerSpan && (await recordAt(answerSpan));
    found.push({ position, request: answer ? { ...request, answer: answerOf(answer) } : request });
  }
  return found;
}

/** In bytes. A separate read for each record would take most of a search's time. */
const largestRead = 4 * 1024 * 1024;

/** Reads the file once if all spans are close together. */
async function openSpans(file: FileHandle, spans: readonly Span[]) {
  const first = Math.min(...spans.map(({ start }) => start));
  const last = Math.max(...spans.map(({ start, length }) => start + length));
  const isDense = spans.length > 1 && last - first <= largestRead;
  const all = isDense ? await readSpan(file, { start: first, length: last - first }) : undefined;
  return async (span: Span): Promise<WholeRecord | undefined> => {
    const from = span.start - first;
    const line = all ? all.subarray(from, from + span.length) : await readSpan(file, span);
    const decoded = decodedLine(withoutMark(line, span.start));
    return 'kind' in decoded ? undefined : decoded;
  };
}

/** Returns less if the file has become shorter. */
async function readSpan(file: FileHandle, { start, length }: Span): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let end = 0;
  while (end < length) {
    const { bytesRead } = await file.read(bytes, end, length - end, start + end);
    if (bytesRead === 0) break;
    end += bytesRead;
  }
  return bytes.subarray(0, end);
}
