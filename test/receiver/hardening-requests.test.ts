import { describe, expect, test } from 'vitest';
import { post, rawClient, statusesIn } from '../support/raw.js';
import { started } from './started.js';

const head = 'POST / HTTP/1.1\r\nhost: x\r\n';
const ends = 'connection: close';
const encoded = (value: string) => `${head}transfer-encoding: ${value}\r\n\r\n0\r\n\r\n`;
const [length, chunked] = ['content-length: 5\r\n', 'transfer-encoding: chunked\r\n'];

describe('bytes that aren’t a request get a response, and are reported with a reason', () => {
  test.each([
    { title: 'garbage', bytes: '\u0000\u0001garbage\r\n\r\n', reason: 'not-http', status: 400 },
    { title: 'an unknown method', bytes: 'FROB / HTTP/1.1\r\nhost: x\r\n\r\n', reason: 'not-http', status: 400 },
    { title: 'an unknown version', bytes: 'POST / HTTP/9.9\r\nhost: x\r\n\r\n', reason: 'not-http', status: 400 },
    { title: 'HTTP/2', bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', reason: 'http2', status: 400 },
    {
      title: 'HTTP/2 without its preface',
      bytes: post('abc').replace('HTTP/1.1', 'HTTP/2.0'),
      reason: 'http2',
      status: 400,
    },
    { title: 'HTTP/0.9', bytes: post('abc').replace('HTTP/1.1', 'HTTP/0.9'), reason: 'not-http', status: 400 },
    { title: 'two hosts', bytes: post('abc', 'Host: y'), reason: 'ambiguous', status: 400 },
    { title: 'a TLS hello', bytes: '\u0016\u0003\u0001\u0000\u00ff\u0001', reason: 'tls', status: 400 },
    { title: 'CONNECT', bytes: 'CONNECT x:443 HTTP/1.1\r\nhost: x\r\n\r\n', reason: 'connect', status: 405 },
    { title: 'an escape sequence in a header', bytes: post('', 'x: \u001b[31m'), reason: 'not-http', status: 400 },
    {
      title: 'an escape sequence in the path',
      bytes: 'POST /\u001b[31m HTTP/1.1\r\n',
      reason: 'not-http',
      status: 400,
    },
  ])('$title: $status, $reason', async ({ bytes, reason, status }) => {
    const { url, protocolErrors } = await started();
    const { ended } = await rawClient(url, Buffer.from(bytes, 'latin1'));
    expect(statusesIn(await ended)).toEqual([status]);
    expect(protocolErrors).toMatchObject([{ reason, status }]);
  });
});

test.each([
  ['a chunk of no size', 'ZZ\r\n'],
  ['a chunk whose size is wrong', '3\r\nabcdef\r\n0\r\n\r\n'],
])('%s gets 400, and is reported once, as a request without a complete body', async (_, end) => {
  const { url, protocolErrors, requests } = await started();
  const { ended } = await rawClient(url, `${encoded('chunked').slice(0, -5)}${end}`);
  expect(statusesIn(await ended)).toEqual([400]);
  await expect.poll(() => requests).toMatchObject([{ flaw: 'body-incomplete' }]);
  expect(protocolErrors).toEqual([]);
});

describe('a request that two servers could read differently gets 400', () => {
  test.each([
    ['a length, then chunks', `${head}${length}${chunked}\r\n0\r\n\r\n`],
    ['chunks, then a length', `${head}${chunked}${length}\r\n0\r\n\r\n`],
    ['two lengths', `${head}content-length: 3\r\ncontent-length: 4\r\n\r\nabcd`],
    ['a list of lengths', `${head}content-length: 3, 3\r\n\r\nabc`],
    ['a length with a sign', `${head}content-length: +3\r\n\r\nabc`],
    ['a length beyond any number', `${head}content-length: 99999999999999999999999\r\n\r\nabc`],
    ['an encoding that sounds like chunks', encoded('xchunked')],
    ['an encoding after the chunks', encoded('chunked, identity')],
    ['an encoding on a separate line', encoded('\r\n chunked')],
    ['chunks in HTTP/1.0', encoded('chunked').replace('HTTP/1.1', 'HTTP/1.0')],
    ['chunks that are compressed', encoded('gzip, chunked')],
    ['chunks, on separate lines', encoded('gzip\r\ntransfer-encoding: chunked')],
    ['chunks twice', encoded('chunked, chunked')],
    ['two hosts', post('abc', 'HOST: y')],
    ['the same host twice', post('abc', 'host: x')],
    ['another version', post('abc').replace('HTTP/1.1', 'HTTP/2.0')],
    ['a blank before the colon', encoded('chunked').replace(':', ' :')],
    ['lines without a carriage return', post('abc').replaceAll('\r', '')],
  ])('%s', async (_, bytes) => {
    const { url, requests } = await started();
    const { ended } = await rawClient(url, `${bytes}POST /smuggled HTTP/1.1\r\nhost: x\r\n\r\n`);
    expect(statusesIn(await ended)).toEqual([400]);
    expect(requests).toEqual([]);
  });
});

describe('an unusual but valid request gets a normal response', () => {
  test.each([
    { title: 'an upgrade', request: post('abc', 'connection: upgrade, close', 'upgrade: websocket'), statuses: [200] },
    { title: 'a strange expectation', request: post('abc', 'expect: weird', ends), statuses: [200] },
    { title: 'asking before the body', request: post('abc', 'expect: 100-continue', ends), statuses: [100, 200] },
    { title: 'HTTP/1.0 without a host', request: 'POST / HTTP/1.0\r\ncontent-length: 3\r\n\r\nabc', statuses: [200] },
  ])('$title', async ({ request, statuses }) => {
    const { url, requests, protocolErrors } = await started();
    const { ended } = await rawClient(url, request);
    expect(statusesIn(await ended)).toEqual(statuses);
    expect(requests).toMatchObject([{ method: 'POST', target: '/', body: Buffer.from('abc') }]);
    expect(protocolErrors).toEqual([]);
  });

  test.each([
    { target: 'http://elsewhere.example/hook?x=1', path: undefined, status: 200 },
    { target: 'http://elsewhere.example/hook?x=1', path: '/hook', status: 200 },
    { target: 'http://elsewhere.example/hook/', path: '/hook', status: 404 },
    { target: 'http://elsewhere.example', path: '/hook', status: 404 },
    { target: 'http://elsewhere.example?/hook', path: '/hook', status: 404 },
    { target: '//hook', path: '/hook', status: 404 },
    { target: '/hook?x', path: '/hook', status: 200 },
  ])('the target $target with the path $path: $status', async ({ target, path, status }) => {
    const { url, requests } = await started(path === undefined ? {} : { path });
    const { ended } = await rawClient(url, post('abc', ends).replace('POST /', `POST ${target}`));
    expect(statusesIn(await ended)).toEqual([status]);
    expect(requests).toMatchObject([{ target }]);
  });

  test('a missing host is refused', async () => {
    const { url, requests } = await started();
    const { ended } = await rawClient(url, post('abc').replace('host: x\r\n', ''));
    expect(statusesIn(await ended)).toEqual([400]);
    expect(requests).toEqual([]);
  });

  test('pipelined requests get their responses in order, even if the first takes longest', async () => {
    const { url, requests } = await started({
      act: ({ seq }) => ({ status: 200 + seq }),
      delay: ({ seq }) => (seq === 1 ? 50 : 0),
    });
    const { ended } = await rawClient(url, post('one') + post('two') + post('three', ends));
    expect(statusesIn(await ended)).toEqual([201, 202, 203]);
    expect(requests.map(({ body }) => Buffer.from(body).toString())).toEqual(['one', 'two', 'three']);
  });
});

describe('a browser', () => {
  const from = ['host: x', 'origin: http://elsewhere.example', ends];

  test.each([
    ['OPTIONS', ['access-control-request-method: POST', 'access-control-request-private-network: true']],
    ['GET', ['sec-fetch-site: cross-site']],
    ['HEAD', []],
  ])('gets 405 for %s, and nothing is allowed', async (method, more) => {
    const { url } = await started();
    const { ended } = await rawClient(url, [`${method} / HTTP/1.1`, ...from, ...more, '', ''].join('\r\n'));
    const said = await ended;
    expect(statusesIn(said)).toEqual([405]);
    expect(said.toLowerCase()).toContain('\r\nallow: post\r\n');
    expect(said).not.toMatch(/access-control|location|set-cookie/i);
    expect(said.endsWith('\r\n\r\n')).toBe(method === 'HEAD');
  });

  test('that posts can’t read the response', async () => {
    const { url } = await started();
    const { ended } = await rawClient(url, post('abc', ...from.slice(1)));
    expect(await ended).not.toMatch(/access-control/i);
  });
});
