import { expect, test } from 'vitest';
import { harRequests } from '../support/recording.js';

/** Excerpts in the form of each program's exports, with made-up data. */
const body = '{"event":{"type":"customer.status"},"data":{"customer_id":"c-1"}}';
const signature = '0'.repeat(64);
const pairs = (headers: Record<string, string>): object[] =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

const response = {
  status: 200,
  statusText: 'OK',
  httpVersion: 'HTTP/1.1',
  headers: [{ name: 'set-cookie', value: 'a=b\nc=d' }],
  cookies: [],
  content: { size: 2, mimeType: 'text/plain', text: 'b2s=', encoding: 'base64' },
  redirectURL: '',
  headersSize: -1,
  bodySize: -1,
  _transferSize: 120,
  _error: null,
};

const chrome = {
  log: {
    version: '1.2',
    creator: { name: 'WebInspector', version: '537.36' },
    pages: [{ startedDateTime: '2026-03-01T10:00:00.000Z', id: 'page_1', title: 'https://example.com/', pageTimings: {} }],
    entries: [
      {
        _connectionId: '42',
        _initiator: { type: 'script', stack: { callFrames: [] } },
        _priority: 'High',
        _resourceType: 'fetch',
        cache: {},
        connection: '443',
        pageref: 'page_1',
        request: {
          method: 'POST',
          url: 'https://example.com/webhooks/fin?try=1',
          httpVersion: 'http/2.0',
          headers: pairs({
            ':authority': 'example.com',
            ':method': 'POST',
            ':path': '/webhooks/fin?try=1',
            ':scheme': 'https',
            'content-length': '65',
            'content-type': 'application/json',
            'x-fin-signature': signature,
          }),
          queryString: [{ name: 'try', value: '1' }],
          cookies: [],
          headersSize: -1,
          bodySize: 65,
          postData: { mimeType: 'application/json', text: body },
        },
        response,
        serverIPAddress: '192.0.2.1',
        startedDateTime: '2026-03-01T10:00:00.123Z',
        time: 12.3,
        timings: { blocked: 1, dns: -1, ssl: -1, connect: -1, send: 0.1, wait: 10, receive: 1, _blocked_queueing: 0.5 },
      },
    ],
  },
}; // prettier-ignore

const firefox = {
  log: {
    version: '1.2',
    creator: { name: 'Firefox', version: '140.0' },
    browser: { name: 'Firefox', version: '140.0' },
    pages: [],
    entries: [
      {
        startedDateTime: '2026-03-01T11:00:00.123+01:00',
        request: {
          bodySize: 65,
          method: 'POST',
          url: 'http://example.com/webhooks/fin',
          httpVersion: 'HTTP/1.1',
          headers: pairs({ Host: 'example.com', 'Content-Type': 'application/json', 'X-Fin-Signature': signature }),
          cookies: [],
          queryString: [],
          headersSize: 310,
          postData: { mimeType: 'application/json', params: [], text: body },
        },
        response,
        cache: {},
        timings: { blocked: 0, dns: 0, connect: 0, ssl: 0, send: 0, wait: 8, receive: 0 },
        time: 8,
        _securityState: 'insecure',
      },
    ],
  },
};

const mitmproxy = {
  log: {
    version: '1.2',
    creator: { name: 'mitmproxy', version: '12.0.0', comment: '' },
    pages: [],
    entries: [
      {
        startedDateTime: '2026-03-01T10:00:00.123456+00:00',
        time: 9.8,
        request: {
          method: 'GET',
          url: 'https://example.com/health',
          httpVersion: 'HTTP/1.1',
          cookies: [],
          headers: pairs({ host: 'example.com' }),
          queryString: [],
          headersSize: 60,
          bodySize: 0,
        },
        response,
        cache: {},
        timings: { connect: 1, ssl: 1, send: 1, receive: 1, wait: 1 },
        serverIPAddress: '192.0.2.1',
      },
      {
        startedDateTime: '2026-03-01T10:00:01.123456+00:00',
        time: 9.8,
        request: {
          method: 'POST',
          url: 'https://example.com/webhooks/fin',
          httpVersion: 'HTTP/1.1',
          cookies: [],
          headers: pairs({ host: 'example.com', 'content-type': 'application/json', 'x-fin-signature': signature }),
          queryString: [],
          headersSize: 240,
          bodySize: 65,
          postData: { mimeType: 'application/json', text: body, params: [] },
        },
        response,
        cache: {},
        timings: { connect: -1, ssl: -1, send: 1, receive: 1, wait: 1 },
      },
    ],
  },
};

const insomnia = {
  log: {
    version: '1.2',
    creator: { name: 'Insomnia REST Client', version: 'insomnia.desktop.app:v10.0.0' },
    entries: [
      {
        startedDateTime: '2026-03-01T10:00:00.123Z',
        time: 10,
        request: {
          method: 'POST',
          url: 'http://example.com/webhooks/fin',
          httpVersion: 'HTTP/1.1',
          cookies: [],
          headers: pairs({ 'Content-Type': 'application/json', 'X-Fin-Signature': signature }),
          queryString: [],
          postData: { mimeType: 'application/json', params: [], text: body },
          headersSize: -1,
          bodySize: -1,
          settingEncodeUrl: true,
        },
        response,
        cache: {},
        timings: { blocked: -1, dns: -1, connect: -1, send: 0, wait: 10, receive: 0, ssl: -1 },
        comment: 'customer.status',
      },
    ],
  },
};

test.each([
  ['Chrome', chrome, { target: '/webhooks/fin?try=1', fidelity: 'exact', receivedAt: '2026-03-01T10:00:00.123Z' }],
  ['Firefox', firefox, { target: '/webhooks/fin', fidelity: 'exact', receivedAt: '2026-03-01T11:00:00.123+01:00' }],
  ['mitmproxy', mitmproxy, { fidelity: 'exact', receivedAt: '2026-03-01T10:00:01.123456+00:00' }],
  // It never includes the size.
  ['Insomnia', insomnia, { target: '/webhooks/fin', fidelity: 'inexact', receivedAt: '2026-03-01T10:00:00.123Z' }],
])('reads the last request in an export of %s', (_, file, expected) => {
  const request = harRequests(Buffer.from(JSON.stringify(file, null, 2))).at(-1)!;
  expect(request).toMatchObject({ method: 'POST', findings: [], ...expected });
  expect(Buffer.from(request.body).toString()).toBe(body);
  const names = request.headers.map(([name]) => name.toLowerCase());
  expect(names.filter(name => /^:|^x-|^content-type/.test(name))).toEqual(['content-type', 'x-fin-signature']);
});

test('reads a request without a body in an export of mitmproxy as exact and empty', () => {
  const [request] = harRequests(Buffer.from(JSON.stringify(mitmproxy)));
  expect(request).toMatchObject({ method: 'GET', target: '/health', fidelity: 'exact' });
  expect(request?.body.length).toBe(0);
});
