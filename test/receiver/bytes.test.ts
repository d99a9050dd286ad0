import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rawClient, statusesIn } from '../support/raw.js';
import { started } from './started.js';

const awkward = ['ff', '00', 'efbbbf', '0d0a', '0d0a0d0a', '300d0a0d0a', 'c080', 'eda080', '1f8b08', ''];

/** Any bytes, but more often those that could trip a decoder or parser. */
const bytes = fc
  .array(
    fc.oneof(
      fc.constantFrom(...awkward).map(hex => Buffer.from(hex, 'hex')),
      fc.uint8Array({ maxLength: 40 }),
    ),
    { maxLength: 20 },
  )
  .map(parts => Buffer.concat(parts));

const beginning = 'POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-encoding: gzip\r\n';

const whole = (body: Buffer): Buffer[] => [Buffer.from(`${beginning}content-length: ${body.length}\r\n\r\n`), body];

const inChunks = (body: Buffer, size: number): Buffer[] => {
  const parts = Array.from({ length: Math.ceil(body.length / size) }, (_, index) =>
    body.subarray(index * size, (index + 1) * size),
  );
  return [
    Buffer.from(`${beginning}transfer-encoding: chunked\r\n\r\n`),
    ...parts.flatMap(part => [Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]),
    Buffer.from('0\r\n\r\n'),
  ];
};

test('any body arrives byte for byte, whole or in chunks', async () => {
  const { url, requests } = await started();
  await fc.assert(
    fc.asyncProperty(bytes, fc.option(fc.integer({ min: 1, max: 9 })), async (body, size) => {
      const { ended } = await rawClient(url, Buffer.concat(size === null ? whole(body) : inChunks(body, size)));
      expect(statusesIn(await ended)).toEqual([200]);
      expect(Buffer.from(requests.at(-1)?.body ?? []).toString('hex')).toBe(body.toString('hex'));
    }),
    { numRuns: 200 },
  );
});
