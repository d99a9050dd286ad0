import fc from 'fast-check';
import type { Har } from 'har-format';
import { expect, test } from 'vitest';
import type { CapturedRequest } from '../../src/recording/captured-request.js';
import { harRequests, writeHar } from '../support/recording.js';

const origins = { version: '1.2.3', origin: 'http://127.0.0.1:4665' };
const write = (...requests: CapturedRequest[]): Har => JSON.parse(Buffer.from(writeHar(requests, origins)).toString()) as Har; // prettier-ignore

const plain: CapturedRequest = {
  method: 'POST',
  target: '/hooks?a=b%20c&a=',
  headers: [
    ['Host', 'example.com'],
    ['Content-Type', 'application/json'],
  ],
  body: Buffer.from('{"é":1}\n'),
  fidelity: 'exact',
  receivedAt: '2026-03-01T10:00:00.000Z',
  findings: [],
};

test('an export is HAR 1.2 with everything other tools need, and the bytes along with the text', () => {
  expect(write(plain)).toEqual({
    log: {
      version: '1.2',
      creator: { name: 'webhook-cli', version: '1.2.3' },
      entries: [
        {
          startedDateTime: '2026-03-01T10:00:00.000Z',
          time: 0,
          request: {
            method: 'POST',
            url: 'http://127.0.0.1:4665/hooks?a=b%20c&a=',
            httpVersion: 'HTTP/1.1',
            cookies: [],
            headers: [
              { name: 'Host', value: 'example.com' },
              { name: 'Content-Type', value: 'application/json' },
            ],
            queryString: [
              { name: 'a', value: 'b c' },
              { name: 'a', value: '' },
            ],
            postData: { mimeType: 'application/json', text: '{"é":1}\n', _bodyBase64: 'eyLDqSI6MX0K' },
            headersSize: -1,
            bodySize: 9,
          },
          response: {
            status: 0,
            statusText: '',
            httpVersion: 'HTTP/1.1',
            cookies: [],
            headers: [],
            content: { size: 0, mimeType: '' },
            redirectURL: '',
            headersSize: -1,
            bodySize: -1,
          },
          cache: {},
          timings: { send: 0, wait: 0, receive: 0 },
        },
      ],
    },
  });
});

test('an empty export has no entries', () => {
  expect(write().log.entries).toEqual([]);
});

test('a whole URL stays unchanged', () => {
  const target = 'http://example.com/a';
  expect(write({ ...plain, target }).log.entries[0]?.request.url).toBe(target);
});

const anyRequest: fc.Arbitrary<CapturedRequest> = fc.record(
  {
    method: fc.constantFrom('POST', 'GET', 'M-SEARCH'),
    target: fc.stringMatching(/^\/[!-"$-~]{0,20}$/),
    headers: fc.array(
      fc.tuple(
        fc.stringMatching(/^[A-Za-z0-9-]{1,9}$/),
        fc.stringMatching(/^(?:[!-~](?:[ -~]{0,9}[!-~])?)?$/),
      ),
    ),
    body: fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom('00', 'ff', 'efbbbf7b7d', 'fffe', '0d0a0d0a', 'eda080', 'efbfbd', '').map(hex => Buffer.from(hex, 'hex')),
    ),
    fidelity: fc.constantFrom('exact', 'incomplete', 'inexact'),
    receivedAt: fc.constantFrom('2026-03-01T10:00:00.000Z', '2026-03-01T10:00:00+02:00'),
    findings: fc.subarray<'surplus-bytes' | 'headers-redacted'>(['surplus-bytes', 'headers-redacted']),
  },
  { requiredKeys: ['method', 'target', 'headers', 'body', 'fidelity', 'findings'] },
); // prettier-ignore

test('any export is read back unchanged, to the byte', () => {
  const comparable = (request: CapturedRequest): object => ({ ...request, body: Buffer.from(request.body).toString('hex') }); // prettier-ignore
  fc.assert(
    fc.property(fc.array(anyRequest, { maxLength: 4 }), requests => {
      expect(harRequests(writeHar(requests, origins)).map(comparable)).toEqual(requests.map(comparable));
    }),
  );
});

test('an export with a fidelity of a later version isn’t relied on', () => {
  const text = Buffer.from(writeHar([{ ...plain, fidelity: 'incomplete' }], origins)).toString();
  const later = Buffer.from(text.replace('"_fidelity":"incomplete"', '"_fidelity":"redacted"'));
  expect(harRequests(later)).toMatchObject([{ fidelity: 'inexact' }]);
});

test('a body that is too large for one line of text is refused', () => {
  const body = new Uint8Array(64 * 1024 * 1024 + 1);
  const message = 'a body of 67108865 bytes is too large for HAR';
  expect(() => writeHar([{ ...plain, body }], origins)).toThrow(expect.objectContaining({ code: 'input', message }));
});
