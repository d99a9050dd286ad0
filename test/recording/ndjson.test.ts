import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { CaptureEntry } from '../../src/recording/captured-request.js';
import { linesIn, piecesOf, textLinesIn } from '../../src/recording/lines.js';
import { entriesIn as entriesOfPiece } from '../../src/recording/ndjson.js';
import { encodeRecord, type RecordFacts } from '../../src/recording/record.js';
import { entriesFrom, linesOf } from '../support/recording.js';

const recordWith = (body: Uint8Array | string, facts: Partial<RecordFacts> = {}): Buffer =>
  encodeRecord({
    ...{ kind: 'request', id: 'a1', seq: 1, receivedAt: '2026-01-01T00:00:00.000Z', method: 'POST', target: '/' },
    ...{ headers: [], body: Buffer.from(body), complete: true, ...facts },
  });

function* cut(bytes: Buffer, size: number): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

const stream = (bytes: Buffer, size = 64 * 1024): Readable => Readable.from(cut(bytes, size));

async function collected<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const entriesIn = (bytes: Buffer, size?: number): Promise<CaptureEntry[]> =>
  collected(entriesFrom(stream(bytes, size)));

/** The body of each record, or its flaw. */
const told = async (bytes: Buffer, size?: number): Promise<string[]> =>
  (await entriesIn(bytes, size)).map(entry =>
    entry.kind === 'request' ? Buffer.from(entry.request.body).toString('latin1') : entry.kind,
  );

const bodies = ['first', '\xff\0\r\n', 'third'];
const lineBreak = Buffer.from('\n');
const records = bodies.map(body => recordWith(Buffer.from(body, 'latin1')));
const file = Buffer.concat(records);

describe('a recording', () => {
  test('is read record by record', async () => {
    expect(await told(file)).toEqual(bodies);
  });

  test('cut at any byte has its whole records once each, and at most one torn record', async () => {
    const lengths = records.map(({ length }) => length);
    for (let size = 0; size <= file.length; size += 1) {
      let [start, whole] = [0, 0];
      // A record is whole if only the line break after it is missing.
      while (whole < 3 && start + lengths[whole]! - 1 <= size) start += lengths[whole++]!;
      const isTorn = size > start;
      expect(await told(file.subarray(0, size))).toEqual([...bodies.slice(0, whole), ...(isTorn ? ['torn'] : [])]);
    }
  });

  test('that continues on a new line after a cut at any byte loses only the cut record', async () => {
    const [first, second] = [records[0]!, records[1]!];
    for (let size = 0; size < first.length; size += 1) {
      const isWhole = size === first.length - 1;
      const expected = [...(isWhole ? ['first'] : size > 0 ? ['torn'] : []), bodies[1]];
      expect(await told(Buffer.concat([first.subarray(0, size), lineBreak, second]))).toEqual(expected);
    }
  });

  test('of two writers, one of which was cut short, has everything the other wrote', async () => {
    const tail = Buffer.concat([records[2]!.subarray(0, -8), lineBreak]);
    const mixed = Buffer.concat([records[0]!, tail, records[1]!, tail, lineBreak, records[0]!, records[0]!, tail]);
    expect(await told(mixed)).toEqual(['first', 'torn', bodies[1], 'torn', 'first', 'first', 'torn']);
  });

  test('with any bit of the middle record flipped keeps the others, and never has a wrong body', async () => {
    const [start, end] = [records[0]!.length, records[0]!.length + records[1]!.length - 1];
    for (let bit = start * 8; bit < end * 8; bit += 1) {
      const flipped = Buffer.from(file);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const [first, ...rest] = await told(flipped);
      expect([first, rest.pop()]).toEqual(['first', 'third']);
      // A flip that makes a line break splits it in two.
      for (const middle of rest) expect(['torn', 'corrupt', bodies[1]]).toContain(middle);
    }
  });

  test('says what is wrong with a corrupt record, and continues', async () => {
    const [head, tail] = [records[0]!, records[2]!];
    const changed = Buffer.from(records[1]!.toString().replace(/"bodyBase64":"./, '"bodyBase64":"A'));
    const newer = Buffer.from(records[1]!.toString().replace('"v":1', '"v":2'));
    const entries = await entriesIn(Buffer.concat([head, changed, newer, tail]));
    expect(entries.slice(1, 3)).toEqual([
      { kind: 'corrupt', reason: "its body doesn't have the recorded sha256" },
      { kind: 'corrupt', reason: 'a newer version of webhook-cli wrote it' },
    ]);
    expect(entries.map(({ kind }) => kind)).toEqual(['request', 'corrupt', 'corrupt', 'request']);
  });

  test('is read the same in chunks of any size', async () => {
    const long = Buffer.concat([Buffer.from('\n\n'), file, file.subarray(0, -20), lineBreak, file]);
    const expected = await told(long);
    for (const size of [1, 2, 3, 7, 100, file.length, file.length + 1])
      expect(await told(long, size)).toEqual(expected);
  });

  test('keeps a body of a mebibyte', async () => {
    const body = randomBytes(1024 ** 2);
    const entries = await entriesIn(Buffer.concat([records[0]!, recordWith(body), records[1]!]));
    expect(entries).toHaveLength(3);
    const [, entry] = entries;
    expect(entry?.kind === 'request' && body.equals(entry.request.body)).toBe(true);
  });

  test.each(['\r', ' ', '\t \r', '  \r'])(
    'with %j at the end of each line, as checked out or edited, is read the same',
    async blanks => {
      const changed = Buffer.from(file.toString('latin1').replaceAll('\n', `${blanks}\n`), 'latin1');
      expect(await told(changed)).toEqual(bodies);
      expect(await told(changed.subarray(0, -1))).toEqual(bodies);
      expect(await told(changed.subarray(0, -4 - blanks.length))).toEqual([...bodies.slice(0, 2), 'torn']);
    },
  );

  test('isn’t split at something that only looks like a line break', async () => {
    const odd = '\r \u2028 \u2029 \u0085 \v \f';
    const entries = await entriesIn(recordWith(odd, { target: `/${odd}`, headers: [['x-odd', odd]] }));
    expect(entries).toMatchObject([{ kind: 'request', request: { target: `/${odd}`, headers: [['x-odd', odd]] } }]);
    // JSON may have a carriage return between its parts, and Unicode's line separators in its strings.
    const raw = Buffer.from(records[0]!.toString().replace('"seq"', '\r"seq"').replace('"/"', '"/\u2028"'));
    expect(await entriesIn(raw)).toMatchObject([{ kind: 'request', request: { target: '/\u2028' } }]);
  });

  test.each(['', '\n', '\n\n\n'])('of only line breaks, %j, has no records', async text => {
    expect(await told(Buffer.from(text))).toEqual([]);
  });

  test('has received and sent requests; responses only on request', async () => {
    const all = Buffer.concat([
      recordWith('received'),
      recordWith('sent', { kind: 'sent' }),
      recordWith('reply', { kind: 'reply', of: 'a1', status: 200 }),
    ]);
    expect(await told(all)).toEqual(['received', 'sent']);
  });

  test('says whether all of a request arrived', async () => {
    const cutShort = await entriesIn(recordWith('half', { complete: false }));
    expect(cutShort).toMatchObject([{ kind: 'request', request: { fidelity: 'incomplete' } }]);
  });
});

test('a line is the text between line feeds, for any bytes and chunks; blank lines are only counted', async () => {
  const bytes = fc.array(fc.oneof(fc.nat(255), fc.constant(0x0a)), { maxLength: 60 }).map(all => Buffer.from(all));
  await fc.assert(
    fc.asyncProperty(bytes, fc.integer({ min: 1, max: 10 }), async (all, size) => {
      const lines = await collected(linesOf(stream(all, size)));
      // An empty rest after the last line feed isn't a line.
      const expected = all
        .toString('latin1')
        .replace(/\n$/, '')
        .split('\n')
        .map(line => line.replace(/^[ \t\r]+$/, ''));
      expect(lines.map(line => line.toString('latin1'))).toEqual(all.length === 0 ? [] : expected);
    }),
  );
});

test('an endless line isn’t held in memory', async () => {
  const chunk = Buffer.alloc(1024 ** 2, 'x');
  function* endless(): Generator<Buffer> {
    for (let count = 0; count < 200; count += 1) yield chunk;
    yield Buffer.concat([lineBreak, records[0]!]);
  }
  const [long, ...rest] = await collected(linesOf(Readable.from(endless())));
  expect(long!.length).toBeLessThan(130 * 1024 ** 2);
  expect(rest.filter(({ length }) => length > 0)).toHaveLength(1);
});

test('a line that is too long is cut, and ends with bytes that aren’t JSON', async () => {
  const most = 12;
  const bytes = fc.array(fc.oneof(fc.nat(255), fc.constant(0x0a)), { maxLength: 90 }).map(all => Buffer.from(all));
  await fc.assert(
    fc.asyncProperty(bytes, fc.integer({ min: 1, max: 10 }), async (all, size) => {
      const lines = (await collected(linesOf(stream(all, size), most))).map(line => line.toString('latin1'));
      const whole = (await collected(linesOf(stream(all, size)))).map(line => line.toString('latin1'));
      expect(lines).toHaveLength(whole.length);
      for (const [index, line] of lines.entries()) {
        const cut = whole[index]!.slice(0, line.length - 1);
        if (line === whole[index]) expect(line.length).toBeLessThanOrEqual(most + size);
        else expect([line, cut.length > most]).toEqual([`${cut}\0`, true]);
      }
    }),
  );
});

test('reports nothing about a line with a gap that reads like a whole one', async () => {
  const [head, gap, tail] = [`{"a":"${'x'.repeat(20)}`, 'y" is no JSON "', '"}\n'];
  const [line] = await collected(linesOf(Readable.from([head, gap, tail].map(text => Buffer.from(text))), 20));
  expect(line?.toString()).toBe(`${head}\0`);
  // Nor of a record, whose last bytes show that it was finished.
  const [start, end] = [records[0]!.subarray(0, 100), records[0]!.subarray(100)];
  const kinds: string[] = [];
  for await (const piece of piecesOf(Readable.from([start, Buffer.from('gap'), end, records[1]!]), 90))
    kinds.push(...entriesOfPiece(piece).map(({ kind }) => kind));
  expect(kinds).toEqual(['torn', 'request']);
});

test('counts millions of blank lines', () => {
  const text = `${'\n'.repeat(2_000_000)} \r\n\na\n\n\t`;
  const lines = linesIn(Buffer.from(text)).map(line => (typeof line === 'number' ? line : line.toString()));
  expect(lines).toEqual([2_000_002, 'a', 2]);
  expect(textLinesIn(text)).toEqual(lines);
});
