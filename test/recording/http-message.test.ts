import { describe, expect, test } from 'vitest';
import { readHttpMessages } from '../../src/recording/http/message.js';
import { httpRequest } from '../support/recording.js';

const read = (text: string): ReturnType<typeof httpRequest> => httpRequest(Buffer.from(text, 'latin1'));
const bodyOf = (text: string): string => Buffer.from(read(text).body).toString('latin1');

const json = '{"a":1}\n';

test('a request is its request line, its headers unchanged, and its body', () => {
  const request = read(
    `POST /hooks?a=%20 HTTP/1.1\r\nHost: example.com\r\nX-Twice:1\r\nx-twice: \t2 \t\r\nx-empty:\r\nx-name: Zo\xeb\xa0\r\nContent-Length: 8\r\n\r\n${json}`,
  );
  expect({ ...request, body: Buffer.from(request.body).toString() }).toEqual({
    method: 'POST',
    target: '/hooks?a=%20',
    headers: [
      ['Host', 'example.com'],
      ['X-Twice', '1'],
      ['x-twice', '2'],
      ['x-empty', ''],
      ['x-name', 'Zo\xeb\xa0'],
      ['Content-Length', '8'],
    ],
    body: json,
    fidelity: 'exact',
    findings: [],
  });
});

test.each([
  ['line ends of editors', `POST / HTTP/1.1\nhost: example.com\ncontent-length: 8\n\n${json}`],
  ['line ends of both kinds', `POST / HTTP/1.1\r\nhost: example.com\ncontent-length: 8\r\n\n${json}`],
  ['empty lines before it', `\r\n\nPOST / HTTP/1.1\r\nhost: example.com\r\ncontent-length: 8\r\n\r\n${json}`],
  ['a byte order mark', `\xef\xbb\xbfPOST / HTTP/1.1\r\nhost: example.com\r\ncontent-length: 8\r\n\r\n${json}`],
  ['the version 1.0', `POST / HTTP/1.0\r\nhost: example.com\r\ncontent-length: 8\r\n\r\n${json}`],
  ['a repeated length', `POST / HTTP/1.1\r\ncontent-length: 8\r\nContent-Length: 8, 08\r\n\r\n${json}`],
  ['no length', `POST / HTTP/1.1\r\nhost: example.com\r\n\r\n${json}`],
  ['no header', `POST / HTTP/1.1\r\n\r\n${json}`],
  ['chunks', `POST / HTTP/1.1\r\ntransfer-encoding: Chunked\r\n\r\n3\r\n{"a\r\n5\r\n":1}\n\r\n0\r\n\r\n`],
  [
    'chunks with extensions and trailers',
    `POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n003;a="b"\r\n{"a\r\n5 ;c\r\n":1}\n\r\n0;d\r\nx-sum: 1\r\ny: 2\r\n\r\n`,
  ],
  ['chunks in lines of an editor', `POST / HTTP/1.1\ntransfer-encoding: chunked\n\n8\n${json}\n0\n\n`],
  [
    'chunks and a length',
    `POST / HTTP/1.1\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n8\r\n${json}\r\n0\r\n\r\n`,
  ],
])('a request with %s has its exact body', (_, text) => {
  expect(read(text)).toMatchObject({ method: 'POST', target: '/', fidelity: 'exact', findings: [] });
  expect(bodyOf(text)).toBe(json);
});

test('a body keeps its bytes, whatever they are', () => {
  const body = '\xef\xbb\xbf\xff\0\r\n\r\n\n\r';
  expect(bodyOf(`POST / HTTP/1.1\r\ncontent-length: 12\r\n\r\n${body}`)).toBe(body.slice(0, 12));
  expect(bodyOf(`POST / HTTP/1.1\r\n\r\n${body}`)).toBe(body);
});

test('an absolute target and any method stay unchanged', () => {
  expect(read('PURGE http://example.com/a?b HTTP/1.1\r\n\r\n')).toMatchObject({
    method: 'PURGE',
    target: 'http://example.com/a?b',
  });
});

test.each([
  ['a final newline', 'content-length: 2\r\n\r\n{}\n', '{}'],
  ['bytes that only look like a second message', 'content-length: 2\r\n\r\n{}POST / HTTP/1.1 or so\r\n\r\n', '{}'],
  ['a body that was announced as empty', 'content-length: 0\r\n\r\n{}', ''],
  ['a newline after the last chunk', 'transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n\n', '{}'],
])('%s after the message is found, and isn’t part of the body', (_, rest, body) => {
  const text = `POST / HTTP/1.1\r\n${rest}`;
  expect(read(text)).toMatchObject({ fidelity: 'exact', findings: ['surplus-bytes'] });
  expect(bodyOf(text)).toBe(body);
});

test.each([
  'content-length: 2\r\n\r\n{}POST / HTTP/1.1\r\nhost: a\r\n\r\n',
  'content-length: 2\n\n{}\n\nPOST /hooks HTTP/1.1\nhost: a\n\n',
  'transfer-encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.0\r\n\r\n',
])('a second request is read, too, and isn’t part of the first: %j', rest => {
  const bytes = Buffer.from(`POST / HTTP/1.1\r\n${rest}`);
  expect(readHttpMessages(bytes)).toMatchObject([
    { kind: 'request', request: { fidelity: 'exact', findings: [] } },
    { kind: 'request', request: { fidelity: 'exact', findings: [] } },
  ]);
});

test('a malformed later request is corrupt, and the earlier ones are read', () => {
  const bytes = Buffer.from('POST / HTTP/1.1\ncontent-length: 2\n\n{}GET /a HTTP/1.1\n canary\n\nGET / HTTP/1.1\n\n');
  const reason = 'line 2 continues the header before it, which HTTP/1.1 forbids';
  expect(readHttpMessages(bytes)).toMatchObject([{ kind: 'request' }, { kind: 'corrupt', reason }]);
});

test.each([
  ['fewer bytes than announced', 'content-length: 3\r\n\r\n{}', '{}'],
  ['more announced than a number holds', `content-length: ${'9'.repeat(400)}\r\n\r\n{}`, '{}'],
  ['no last chunk', 'transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n', '{}'],
  ['half a chunk', 'transfer-encoding: chunked\r\n\r\n5\r\n{}', '{}'],
  ['no end of the trailers', 'transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nx: y\r\n', '{}'],
  ['an invalid trailer', 'transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nxy\r\n\r\n', '{}'],
  ['no chunk at all', 'transfer-encoding: chunked\r\n\r\n', ''],
  ['a size that is a word', 'transfer-encoding: chunked\r\n\r\n2\r\n{}\r\nzz\r\n\r\n', '{}'],
  ['a size with more behind it', 'transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n2zz\r\n{}\r\n0\r\n\r\n', '{}'],
  ['a size below zero', 'transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n-2\r\n0\r\n\r\n', '{}'],
  ['a size that ASCII would mask', 'transfer-encoding: chunked\r\n\r\n\xb2\r\n{}\r\n0\r\n\r\n', ''],
  ['a size beyond all files', 'transfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}\r\n0\r\n\r\n', ''],
  ['a size that never ends', `transfer-encoding: chunked\r\n\r\n${'0'.repeat(2_000_000)}\r\n\r\n`, ''],
  ['a body that was saved without its chunks', 'transfer-encoding: chunked\r\n\r\n{"a":1}', ''],
])('a message with %s is incomplete', (_, rest, body) => {
  const text = `POST / HTTP/1.1\r\n${rest}`;
  expect(read(text)).toMatchObject({ fidelity: 'incomplete', findings: [] });
  expect(bodyOf(text)).toBe(body);
});

describe('a file that isn’t an HTTP request is refused, and not quoted', () => {
  test.each([
    ['', "this isn't an HTTP request: it has no request line"],
    ['\n\n', "this isn't an HTTP request: it has no request line"],
    ['{"email":"canary@example.com"}\n', "this isn't an HTTP request: it has no request line"],
    ['canary', "this isn't an HTTP request: it has no request line"],
    ['POST canary\r\n\r\n', "this isn't an HTTP request: it has no request line"],
    ['POST /canary', "this isn't an HTTP request: it has no request line"],
    ['POST /can ary HTTP/1.1\r\n\r\n', "this isn't an HTTP request: it has no request line"],
    ['POST /\x1bcanary HTTP/1.1\r\n\r\n', "this isn't an HTTP request: it has no request line"],
    ['POST /canary HTTP/4\r\nhost: x\r\n\r\n', "this isn't an HTTP request: it has no request line"],
    ['HTTP/1.1 200 canary\r\n\r\n', 'this is an HTTP response, not a request'],
    ['HTTP/2 200\r\n\r\n', 'this is an HTTP response, not a request'],
    ['POST / HTTP/1.1\r\n', 'the headers never end: no empty line follows them'],
    ['POST / HTTP/1.1\r\ncookie: canary', 'the headers never end: no empty line follows them'],
    ['\nPOST / HTTP/1.1\r\na: b\r\n canary\r\n\r\n', 'line 4 continues the header before it, which HTTP/1.1 forbids'],
    ['POST / HTTP/1.1\r\na: b\r\ncanary\r\n\r\n', "line 3 isn't a header: it has no colon"],
    ['POST / HTTP/1.1\r\n:method: POST\r\n\r\n', "line 2 isn't a header: the text before its colon isn't a name"],
    ['POST / HTTP/1.1\r\ncanary : b\r\n\r\n', "line 2 isn't a header: the text before its colon isn't a name"],
    ['POST / HTTP/1.1\r\na: canary\rb: c\r\n\r\n', "line 2 isn't a header: it has a control character"],
    ['POST / HTTP/1.1\r\na: canary\0\r\n\r\n', "line 2 isn't a header: it has a control character"],
    ['POST / HTTP/1.1\r\ncontent-length: canary\r\n\r\n', "the content-length isn't a number"],
    ['POST / HTTP/1.1\r\ncontent-length:\r\n\r\n', "the content-length isn't a number"],
    ['POST / HTTP/1.1\r\ncontent-length: -1\r\n\r\n', "the content-length isn't a number"],
    [
      'POST / HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab',
      'the request has more than one content-length, and they differ',
    ],
    [
      'POST / HTTP/1.1\r\ntransfer-encoding: gzip, chunked\r\n\r\n',
      "the transfer-encoding isn't chunked, and no other is supported",
    ],
  ])('%j', (text, message) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'input', message }));
  });

  test('a file whose headers never end, however long', () => {
    const text = `POST / HTTP/1.1\r\n${'a: b\r\n'.repeat(300_000)}\r\n`;
    expect(() => read(text)).toThrow('the headers never end');
    expect(() => httpRequest(Buffer.alloc(20_000_000, 'a'))).toThrow('it has no request line');
  });
});
