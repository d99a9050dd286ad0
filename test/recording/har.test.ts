import { describe, expect, test } from 'vitest';
import type { CapturedRequest } from '../../src/recording/captured-request.js';
import { readHar } from '../../src/recording/har/reader.js';
import { harRequests } from '../support/recording.js';

const read = (file: unknown): CapturedRequest[] => harRequests(Buffer.from(JSON.stringify(file)));

const harOf = (...requests: object[]): object => ({
  log: {
    version: '1.2',
    entries: requests.map(request => ({
      request: { method: 'POST', url: 'https://example.com/', headers: [], ...request },
    })),
  },
});

/** For the only request in a file. */
function contentOf(request: object): [body: string, fidelity: string] {
  const [{ body, fidelity }] = read(harOf(request)) as [CapturedRequest];
  return [Buffer.from(body).toString('latin1'), fidelity];
}

const length = (...values: string[]): object[] => values.map(value => ({ name: 'Content-Length', value }));

const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64');

test.each<[title: string, request: object, ...content: [body: string, fidelity: string]]>([
  ['text of the announced size', { bodySize: 8, postData: { text: '{"a":1}\n' } }, '{"a":1}\n', 'exact'],
  ['text in which a character has two bytes', { bodySize: 2, postData: { text: 'é' } }, 'Ã©', 'exact'],
  ['a byte order mark and line ends', { bodySize: 7, postData: { text: '\uFEFF\r\n\n\0' } }, '\xef\xbb\xbf\r\n\n\0', 'exact'],
  ['text of another size', { bodySize: 9, postData: { text: '{"a":1}\n' } }, '{"a":1}\n', 'inexact'],
  ['text of an unknown size', { bodySize: -1, postData: { text: '{}' } }, '{}', 'inexact'],
  ['text without a size', { postData: { text: '{}' } }, '{}', 'inexact'],
  ['text of an unknown size, and of the right Content-Length', { bodySize: -1, headers: length('2'), postData: { text: '{}' } }, '{}', 'exact'],
  ['text without a size, and of the right Content-Length', { headers: length(' 2 '), postData: { text: '{}' } }, '{}', 'exact'],
  ['text with the size 0, and of the right Content-Length', { bodySize: 0, headers: length('2'), postData: { text: '{}' } }, '{}', 'exact'],
  ['text of an unknown size, and of another Content-Length', { bodySize: -1, headers: length('3'), postData: { text: '{}' } }, '{}', 'inexact'],
  ['text of two Content-Lengths', { bodySize: -1, headers: length('2', '3'), postData: { text: '{}' } }, '{}', 'inexact'],
  ['text of another size, and of the right Content-Length', { bodySize: 3, headers: length('2'), postData: { text: '{}' } }, '{}', 'inexact'],
  ['a body that was left out, and announced', { bodySize: 0, headers: length('2') }, '', 'inexact'],
  ['text with a size of another kind', { bodySize: '2', postData: { text: '{}' } }, '{}', 'inexact'],
  ['text that was counted in characters', { bodySize: 1, postData: { text: 'é' } }, 'Ã©', 'inexact'],
  ['a replacement character', { bodySize: 3, postData: { text: '\uFFFD' } }, '\xef\xbf\xbd', 'inexact'],
  ['half a pair of surrogates', { bodySize: 3, postData: { text: '\uD83D' } }, '\xef\xbf\xbd', 'inexact'],
  ['a whole pair of them', { bodySize: 4, postData: { text: '\u{1F600}' } }, '\xf0\x9f\x98\x80', 'exact'],
  ['base64', { bodySize: -1, postData: { text: base64('\xff\0'), encoding: 'base64' } }, '\xff\0', 'exact'],
  ['base64 in lines', { postData: { text: '/w\r\nA=\n', encoding: 'BASE64' } }, '\xff\0', 'exact'],
  ['base64 of nothing', { postData: { text: '', encoding: 'base64' } }, '', 'exact'],
  ['text wrongly marked as base64', { bodySize: 2, postData: { text: '{}', encoding: 'base64' } }, '{}', 'inexact'],
  ['another encoding', { bodySize: 2, postData: { text: '{}', encoding: 'utf-8' } }, '{}', 'exact'],
  ['bytes of ours', { bodySize: 2, postData: { text: '\uFFFD\0', _bodyBase64: base64('\xff\0') } }, '\xff\0', 'exact'],
  ['bytes of ours that were damaged', { bodySize: 2, postData: { text: '{}', _bodyBase64: '!' } }, '{}', 'inexact'],
  ['fields of a form', { bodySize: 3, postData: { params: [{ name: 'a', value: '1' }] } }, '', 'inexact'],
  ['fields beside an empty text', { bodySize: 0, postData: { text: '', params: [{ name: 'a' }] } }, '', 'inexact'],
  ['fields beside their text', { bodySize: 3, postData: { text: 'a=1', params: [{ name: 'a' }] } }, 'a=1', 'exact'],
  ['no body', { bodySize: 0 }, '', 'exact'],
  ['no body, said in full', { bodySize: 0, postData: { mimeType: '', params: [], text: null } }, '', 'exact'],
  ['no body, said with null', { bodySize: 0, postData: null }, '', 'exact'],
  ['a body that was left out', { bodySize: 8 }, '', 'inexact'],
  ['a body that was left out, except its type', { bodySize: 8, postData: { mimeType: 'a/b' } }, '', 'inexact'],
  ['a body of unknown content', { bodySize: -1 }, '', 'inexact'],
])('%s: the bytes, and whether they are reliable', (_, request, ...content) => {
  expect(contentOf(request)).toEqual(content);
}); // prettier-ignore

test.each([
  ['https://example.com/hooks?a=%20&b', '/hooks?a=%20&b'],
  ['https://example.com', '/'],
  ['https://example.com?a', '/?a'],
  ['http://[::1]:3000/a#part', '/a'],
  ['http://example.com//evil.example/', '//evil.example/'],
  ['http://example.com/a/../b', '/a/../b'],
  ['http://example.com/a b/é', '/a%20b/%C3%A9'],
  ['/hooks', '/hooks'],
  ['*', '*'],
  ['localhost:3000/a', 'localhost:3000/a'],
  ['{{base}}/hooks', '{{base}}/hooks'],
  ['http://:/', 'http://:/'],
])('the target of %s is %s', (url, target) => {
  expect(read(harOf({ url }))).toMatchObject([{ target }]);
});

test.each([
  ['2026-03-01T10:00:00.000Z', '2026-03-01T10:00:00.000Z'],
  ['2026-03-01T10:00:00.123456+02:00', '2026-03-01T10:00:00.123456+02:00'],
  ['yesterday', undefined],
  [17, undefined],
  [undefined, undefined],
])('a request of the time %s was received at %s', (startedDateTime, receivedAt) => {
  const request = { method: 'POST', url: '/', headers: [] };
  expect(read({ log: { entries: [{ startedDateTime, request }] } })[0]?.receivedAt).toBe(receivedAt);
});

test('headers keep their order, case and repetitions, without HTTP/2 pseudo-headers', () => {
  const headers = [
    [':method', 'POST'],
    [':authority', 'example.com'],
    ['X-Twice', '1'],
    ['content-type', ''],
    ['x-twice', '2'],
  ].map(([name, value]) => ({ name, value }));
  const cookies = [{ name: 'session', value: 'x' }];
  const expected = [{ headers: [['X-Twice', '1'], ['content-type', ''], ['x-twice', '2']] }]; // prettier-ignore
  expect(read(harOf({ headers, cookies }))).toMatchObject(expected);
});

test('reads all requests, in order, whatever their method', () => {
  const methods = ['OPTIONS', 'POST', 'GET', 'post'];
  expect(read(harOf(...methods.map(method => ({ method })))).map(({ method }) => method)).toEqual(methods);
  expect(read(harOf())).toEqual([]);
});

test('accepts a byte order mark, and marks a text as unreliable if its bytes aren’t UTF-8', () => {
  const text = JSON.stringify(harOf({ bodySize: 3, postData: { text: 'a?c' } }));
  expect(harRequests(Buffer.from(`\uFEFF${text}`))).toMatchObject([{ fidelity: 'exact' }]);
  expect(harRequests(Buffer.from(text.replace('a?c', 'a\xe9c'), 'latin1'))).toMatchObject([{ fidelity: 'inexact' }]);
});

describe('a file that isn’t HAR is refused, and not quoted', () => {
  test.each([
    ['{"log":{"entries":[{"canary', "this isn't a HAR file: it isn't JSON"],
    ['', "this isn't a HAR file: it isn't JSON"],
    ['"canary"', "this isn't a HAR file: its object is missing or invalid"],
    ['{}', "this isn't a HAR file: log is missing or invalid"],
    ['{"log":{"entries":{"canary":1}}}', "this isn't a HAR file: log.entries is missing or invalid"],
  ])('%s', (text, message) => {
    expect(() => harRequests(Buffer.from(text))).toThrow(expect.objectContaining({ code: 'input', message }));
  });

  test('survives a file with extreme nesting', () => {
    const depth = 100_000;
    const text = `{"log":{"entries":[],"_x":${'['.repeat(depth)}${']'.repeat(depth)}}}`;
    expect(harRequests(Buffer.from(text))).toEqual([]);
  });
});

describe('a malformed entry is left out, with its place, but without its text', () => {
  test.each([
    ['request.method', { method: 'GET canary' }],
    ['request.method', { method: 7 }],
    ['request.url', { url: '' }],
    ['request.url', { url: '/canary\r\n' }],
    ['request.headers', { headers: null }],
    ['request.headers[0].name', { headers: [{ name: 'canary: b', value: '' }] }],
    ['request.headers[1].value', { headers: [{ name: 'a', value: '' }, { name: 'a', value: 'b\r\ncanary: c' }] }],
    ['request.headers[0].value', { headers: [{ name: 'a', value: ['b'] }] }],
    ['request.postData.text', { postData: { text: { canary: 1 } } }],
  ])('a wrong %s', (place, request) => {
    const reason = `log.entries[1].${place} is missing or invalid`;
    const entries = readHar(Buffer.from(JSON.stringify(harOf({ url: '/a' }, request, { url: '/b' }))));
    expect(entries).toMatchObject([{ request: { target: '/a' } }, { kind: 'corrupt', reason }, { request: { target: '/b' } }]);
  }); // prettier-ignore

  test('a string instead of an entry', () => {
    const reason = 'log.entries[0] is missing or invalid';
    expect(readHar(Buffer.from('{"log":{"entries":["canary"]}}'))).toEqual([{ kind: 'corrupt', reason }]);
  });
});
