import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { CaptureEntry } from '../../src/recording/captured-request.js';
import type { CaptureFormat } from '../../src/recording/formats.js';
import { readCaptures } from '../../src/recording/read.js';
import { encodeRecord } from '../../src/recording/record.js';

const record = encodeRecord({
  ...{ kind: 'request', id: 'a1', seq: 1, receivedAt: '2026-01-01T00:00:00.000Z', method: 'POST', target: '/' },
  ...{ headers: [['host', 'x']], body: Buffer.from('{"a":1}'), complete: true },
});
const lineBreak = Buffer.from('\n');
const message = 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 7\r\n\r\n{"a":1}';
const har = JSON.stringify({
  log: {
    version: '1.2',
    creator: { name: 'x', version: '1' },
    entries: [
      {
        startedDateTime: '2026-01-01T00:00:00.000Z',
        request: {
          ...{ method: 'POST', url: 'http://x/', httpVersion: 'HTTP/1.1', headers: [{ name: 'host', value: 'x' }] },
          ...{ postData: { mimeType: 'application/json', text: '{"a":1}' }, bodySize: 7, headersSize: -1 },
        },
      },
    ],
  },
});

async function entriesIn(content: Buffer | string, format?: CaptureFormat, size = 64): Promise<CaptureEntry[]> {
  const bytes = Buffer.from(content);
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
  const entries: CaptureEntry[] = [];
  for await (const some of readCaptures(Readable.from(pieces), format)) entries.push(...some);
  return entries;
}

const oneRequest = [{ kind: 'request', request: { method: 'POST' } }];
const bodyIn = ([entry]: CaptureEntry[]): string =>
  entry?.kind === 'request' ? Buffer.from(entry.request.body).toString() : 'none';

describe('recognises a file by its first bytes', () => {
  test.each<[CaptureFormat, Buffer | string]>([
    ['recording', record],
    ['recording', Buffer.concat([lineBreak, record])],
    ['har', har],
    ['har', `\ufeff\r\n ${har}`],
    ['http', message],
    ['http', `\n${message}`],
  ])('a %s', async (format, content) => {
    const entries = await entriesIn(content);
    expect(entries).toMatchObject(oneRequest);
    expect(bodyIn(entries)).toBe('{"a":1}');
    expect(await entriesIn(content, format)).toEqual(entries);
  });

  test('a recording whose first record is torn', async () => {
    const entries = await entriesIn(Buffer.concat([record.subarray(0, 60), lineBreak, record]));
    expect(entries).toMatchObject([{ kind: 'torn' }, ...oneRequest]);
  });

  test('a recording of a newer version', async () => {
    const newer = record.toString().replace('"v":1', '"v":2');
    expect(await entriesIn(newer)).toMatchObject([{ kind: 'corrupt' }]);
  });

  test.each([1, 2, 3, 4, 5, 6])('a recording whose first record is torn after %i bytes', async length => {
    const torn = Buffer.concat([record.subarray(0, length), lineBreak]);
    expect(await entriesIn(torn)).toEqual([{ kind: 'torn' }]);
    expect(await entriesIn(Buffer.concat([torn, torn]))).toEqual([{ kind: 'torn' }, { kind: 'torn' }]);
    for (const size of [1, 64]) {
      expect(await entriesIn(Buffer.concat([torn, record]), undefined, size)).toMatchObject([
        { kind: 'torn' },
        ...oneRequest,
      ]);
    }
  });

  test.each(['"w":1', '"v":x', '\0v":1', '"v"'])('a recording whose first record begins with {%s', async damaged => {
    const first = Buffer.from(record.toString().replace('"v":1', damaged));
    expect(await entriesIn(Buffer.concat([first, record]))).toMatchObject([{ kind: 'corrupt' }, ...oneRequest]);
  });

  test.each([1, 3, 64])('a recording after a byte order mark, in pieces of %i', async size => {
    const mark = Buffer.from('\ufeff');
    for (const format of [undefined, 'recording'] as const) {
      expect(await entriesIn(Buffer.concat([mark, record]), format, size)).toMatchObject(oneRequest);
      expect(await entriesIn(Buffer.concat([mark, lineBreak, record]), format, size)).toMatchObject(oneRequest);
    }
  });

  test('a message whose body looks like a recording', async () => {
    const body = record.toString();
    const entries = await entriesIn(`POST / HTTP/1.1\r\nhost: x\r\n\r\n${body}`);
    expect(entries).toMatchObject(oneRequest);
    expect(bodyIn(entries)).toBe(body);
    await expect(entriesIn(`HTTP/1.1 200 OK\r\n\r\n${body}`)).rejects.toThrow('this is an HTTP response');
  });

  test.each([undefined, 'recording', 'har', 'http'] as const)(
    'an empty file has no requests (format: %s)',
    async format => {
      for (const content of ['', '\n', '\r\n\r\n', '\ufeff\n']) expect(await entriesIn(content, format)).toEqual([]);
    },
  );

  test('a recording after more line breaks than are read', async () => {
    expect(await entriesIn(Buffer.concat([Buffer.alloc(100_000, '\n'), record]), undefined, 5000)).toMatchObject(
      oneRequest,
    );
  });

  test('a recording as soon as its first record begins, while more is to come', async () => {
    const entries = readCaptures(withoutEnd(record));
    expect((await entries.next()).value).toMatchObject(oneRequest);
  });
});

/** Written while it is being read. */
async function* withoutEnd(first: Buffer): AsyncGenerator<Buffer> {
  yield first;
  await new Promise(() => undefined);
}

test.each([
  ['{"log":', 'a HAR file'],
  ['> POST / HTTP/1.1\n', 'output of curl'],
  ['POST ', 'a raw HTTP message'],
])('stops reading a file that is too large to be read at once (%s)', async (first, name) => {
  let read = 0;
  function* endless(): Generator<Buffer> {
    const chunk = Buffer.alloc(1024 ** 2, first);
    for (; ; read += 1) yield chunk;
  }
  const words = `${name} can't be streamed, and this one is larger than 256 MiB`;
  await expect(readCaptures(Readable.from(endless())).next()).rejects.toThrow(words);
  expect(read).toBeLessThan(300);
});

test.each(['a letter', 'post /x', '@', '#'])('names text in no known format: %j', async text => {
  await expect(entriesIn(text)).rejects.toThrow(
    expect.objectContaining({
      message: "this isn't a recording, a HAR file or a raw HTTP request",
      problem: 'format-unknown',
    }),
  );
});

test('stops reading once no known format is possible', async () => {
  let read = 0;
  function* endless(): Generator<Buffer> {
    for (; ; read += 1) yield Buffer.alloc(1024, 'x');
  }
  await expect(readCaptures(Readable.from(endless())).next()).rejects.toThrow("this isn't a recording");
  expect(read).toBeLessThan(100);
});

test('uses the given format, whatever the file looks like', async () => {
  expect(await entriesIn(message, 'recording')).toEqual(Array(4).fill({ kind: 'torn' }));
  await expect(entriesIn(record, 'http')).rejects.toThrow("this isn't an HTTP request");
  await expect(entriesIn(record, 'har')).rejects.toThrow("this isn't a HAR file");
});
