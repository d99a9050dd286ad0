import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { CaptureEntry } from '../../src/capture/captured-request.js';
import type { CaptureFormat } from '../../src/capture/formats.js';
import { readCaptures } from '../../src/capture/read.js';
import { encodeRecord } from '../../src/capture/record.js';

const record = encodeRecord({
  ...{ kind: 'request', id: 'a1', seq: 1, receivedAt: '2026-01-01T00:00:00.000Z', method: 'POST', target: '/' },
  ...{ headers: [['host', 'x']], body: Buffer.from('{"a":1}'), complete: true },
});
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
  for await (const entry of readCaptures(Readable.from(pieces), format)) entries.push(entry);
  return entries;
}

const oneRequest = [{ kind: 'request', request: { method: 'POST' } }];
const bodyIn = ([entry]: CaptureEntry[]): string =>
  entry?.kind === 'request' ? Buffer.from(entry.request.body).toString() : 'none';

describe('what a file is shows in its first bytes', () => {
  test.each<[CaptureFormat, Buffer | string]>([
    ['recording', record],
    ['recording', record.subarray(1)],
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
    const entries = await entriesIn(Buffer.concat([record.subarray(0, 60), record]));
    expect(entries).toMatchObject([{ kind: 'torn' }, ...oneRequest]);
  });

  test('a recording of a newer version', async () => {
    const newer = record.toString().replace('"v":1', '"v":2');
    expect(await entriesIn(newer)).toMatchObject([{ kind: 'corrupt' }]);
  });

  test.each([undefined, 'recording'] as const)('nothing at all has no requests (format: %s)', async format => {
    expect(await entriesIn('', format)).toEqual([]);
  });
});

test('the format that is given counts, whatever it looks like', async () => {
  expect(await entriesIn(message, 'recording')).toMatchObject([{ kind: 'torn' }, { kind: 'torn' }, { kind: 'torn' }, { kind: 'torn' }, { kind: 'torn' }]); // prettier-ignore
  await expect(entriesIn(record, 'http')).rejects.toThrow("this isn't an HTTP/1.1 request");
  await expect(entriesIn(record, 'har')).rejects.toThrow("this isn't a HAR file");
});
