import { appendFileSync, createWriteStream, truncateSync, writeFileSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openRecordingSource } from '../../src/page/recording-source.js';
import type { PageSource } from '../../src/page/source.js';
import { encodeRecord, type RecordFacts } from '../../src/recording/record.js';
import { temporaryFolder } from '../support/folder.js';

const record = (id: string, text: string, facts: Partial<RecordFacts> = {}): Buffer =>
  encodeRecord({
    ...{ kind: 'request', id, seq: 1, receivedAt: '2026-01-31T09:30:00.000Z', method: 'POST', target: '/' },
    ...{ complete: true, body: Buffer.from(text), headers: [], verdict: { status: 200, answeredBy: 'application' } },
    ...facts,
  });
const reply = (of: string, status: number) => record(`re-${of}`, 'OK', { kind: 'reply', of, status });

async function opened(content: Uint8Array | string, onDamage?: Parameters<typeof openRecordingSource>[1]) {
  const file = path.join(temporaryFolder(), 'captured.ndjson');
  writeFileSync(file, content);
  const source = await openRecordingSource(file, onDamage);
  onTestFinished(source.close);
  return { file, source };
}

async function allOf(source: PageSource, before = Number.POSITIVE_INFINITY): Promise<(number | string)[][]> {
  const all: (number | string)[][] = [];
  for await (const some of source.backwards(before))
    for (const { position, request } of some)
      all.push([position, Buffer.from(request.body).toString(), ...(request.answer ? [request.answer.status] : [])]);
  return all;
}

test('lists requests newest first, each with its response, however far away that is', async () => {
  const many = Array.from({ length: 200 }, (_, index) => record(`m${index}`, `m${index}`));
  const content = Buffer.concat([
    record('a', 'A'),
    record('b', 'B'),
    ...many,
    reply('b', 503),
    reply('a', 200),
    reply('x', 1),
  ]);
  const { source } = await opened(content);
  expect(await source.total()).toBe(202);
  expect(await allOf(source, 4)).toEqual([
    [3, 'm0'],
    [2, 'B', 503],
    [1, 'A', 200],
  ]);
  expect((await allOf(source)).map(([position]) => position)).toEqual(
    Array.from({ length: 202 }, (_, index) => 202 - index),
  );
  expect((await source.find(2))?.request.answer?.status).toBe(503);
  expect(await source.find(203)).toBeUndefined();
});

test('uses the numbers that inspect shows: damage and blank lines have none', async () => {
  const damage: string[] = [];
  const whole = record('a', 'A').toString();
  const corrupt = record('b', 'B')
    .toString()
    .replace(/"bodySha256":"\w/, '"bodySha256":"');
  const content = `\u{feff}${whole}\r\n\n  \n${corrupt}{"v":1,"kind":"request"\n${record('c', 'C').toString().trimEnd()}`;
  const { source } = await opened(content, ({ kind }) => damage.push(kind));
  expect(await allOf(source)).toEqual([
    [2, 'C'],
    [1, 'A'],
  ]);
  expect(damage).toEqual(['corrupt', 'torn']);
});

test('shows the rest of a file that became shorter', async () => {
  const { file, source } = await opened(Buffer.concat([record('a', 'A'), record('b', 'B')]));
  expect(await source.total()).toBe(2);
  truncateSync(file, record('a', 'A').length + 10);
  expect(await allOf(source)).toEqual([[1, 'A']]);
  expect(await source.find(2)).toBeUndefined();
});

test('gives no number to requests added while it’s shown', async () => {
  const { file, source } = await opened(record('a', 'A'));
  expect(await source.total()).toBe(1);
  appendFileSync(file, record('b', 'B'));
  expect(await allOf(source)).toEqual([[1, 'A']]);
});

test('reads a large recording in parts, without holding it', async () => {
  const file = path.join(temporaryFolder(), 'large.ndjson');
  const stream = createWriteStream(file);
  const [count, padding] = [1000, 'x'.repeat(20_000)];
  for (let index = 1; index <= count; index += 1) stream.write(record(`n${index}`, `${index} ${padding}`));
  stream.end();
  await finished(stream);
  const source = await openRecordingSource(file);
  onTestFinished(source.close);
  expect(await source.total()).toBe(count);
  let [seen, largest] = [0, 0];
  for await (const some of source.backwards(Number.POSITIVE_INFINITY)) {
    seen += some.length;
    largest = Math.max(
      largest,
      some.reduce((sum, { request }) => sum + request.body.length, 0),
    );
  }
  // 27 MB were read in pieces of about 1 MiB.
  expect(seen).toBe(count);
  expect(largest).toBeLessThan(2 * 1024 * 1024);
  for (const position of [1, 500, 1000])
    expect(Buffer.from((await source.find(position))?.request.body ?? []).toString()).toBe(`${position} ${padding}`);
});
