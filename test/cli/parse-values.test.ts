import { describe, expect, test } from 'vitest';
import type { StatusSet } from '../../src/http/status-set.js';
import { UnknownNameError, UsageError } from '../../src/errors.js';
import { failure, namesIn, parsed, shownOf } from './parsed.js';

/** The parsed value of one flag. */
const valueOf = (command: string, flag: string, text: string): unknown => {
  const name = flag.replace(/^--/, '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return parsed([command, flag, text]).options[name];
};

test.each<[command: string, flag: string, text: string, value: unknown]>([
  ['send', '--timeout', '1ms', 1],
  ['send', '--timeout', '250ms', 250],
  ['send', '--timeout', '10s', 10_000],
  ['send', '--timeout', '1.5s', 1500],
  ['send', '--timeout', '0.001s', 1],
  ['send', '--timeout', '5m', 300_000],
  ['send', '--timeout', '1h', 3_600_000],
  ['listen', '--timeout', '596h', 2_145_600_000],
  ['listen', '--port', '0', 0],
  ['listen', '--port', '65535', 65_535],
  ['listen', '--count', '1', 1],
  ['listen', '--host', '0.0.0.0', '0.0.0.0'],
  ['listen', '--path', '/', '/'],
  ['listen', '--path', '/webhooks/fin', '/webhooks/fin'],
  ['listen', '--show', 'headers', ['headers']],
  ['listen', '--show', 'Body, headers', ['body', 'headers']],
  ['listen', '--match', 'data.customer_status=APPROVED', [{ path: ['data', 'customer_status'], value: 'APPROVED' }]],
  ['listen', '--match', 'data.note=a=b', [{ path: ['data', 'note'], value: 'a=b' }]],
  ['listen', '--match', 'data.note=', [{ path: ['data', 'note'], value: '' }]],
  ['listen', '--match', 'trace=one\ntwo', [{ path: ['trace'], value: 'one\ntwo' }]],
  ['send', '--status', 'approved', ['approved']],
  ['send', '--status', 'QUEUED, Frozen,on_hold', ['QUEUED', 'Frozen', 'on_hold']],
  ['send', '--type', 'business', 'BUSINESS'],
  ['send', '--seed', '0', 0],
  ['send', '--seed', '4294967295', 4_294_967_295],
  ['send', '--now', '2026-01-31', new Date('2026-01-31T00:00:00Z')],
  ['send', '--now', '2026-01-31T09:30:00Z', new Date('2026-01-31T09:30:00Z')],
  ['send', '--now', '2026-01-31T09:30:00.123+02:00', new Date('2026-01-31T07:30:00.123Z')],
  ['send', '--now', '2026-01-31T09:30Z', new Date('2026-01-31T09:30:00Z')],
  ['send', '--now', '2024-02-29', new Date('2024-02-29T00:00:00Z')],
  ['send', '--url', 'http://localhost:3000', new URL('http://localhost:3000/')],
  ['send', '--url', 'HTTPS://Example.com/a?b=c', new URL('https://example.com/a?b=c')],
  ['send', '--header', 'x-request-id: 42', [['x-request-id', '42']]],
  ['send', '--header', 'X-Empty:', [['X-Empty', '']]],
  ['send', '--algorithm', 'SHA512', 'sha512'],
  ['send', '--retries', '0', 0],
  ['send', '--retries', '1000', 1000],
  ['send', '--max-wait', '60s', 60_000],
  ['send', '--delay', '1.5s', 1500],
  ['send', '--max-time', '250ms', 250],
  ['send', '--expect-header', 'Content-Length: 3', [['Content-Length', '3']]],
  ['send', '--print', 'CURL', 'curl'],
  ['send', '--set', 'data.email=x@example.com', [{ path: ['data', 'email'], value: 'x@example.com' }]],
  ['send', '--set', 'a[0].b[12]=[1,{"c":null}]', [{ path: ['a', '0', 'b', '12'], value: [1, { c: null }] }]],
  ['send', '--set', 'a.b=c=d', [{ path: ['a', 'b'], value: 'c=d' }]],
  ['send', '--set', 'a=\n', [{ path: ['a'], value: '\n' }]],
  ['send', '--set', 'a="12345678901234567890"', [{ path: ['a'], value: '12345678901234567890' }]],
  ['send', '--unset', 'data.parties[0]', [['data', 'parties', '0']]],
])('parses %s %s %s', (...[command, flag, text, value]) => {
  expect(valueOf(command, flag, text)).toEqual(value);
});

test('collects repeated flags in order', () => {
  expect(parsed(['send', '-H', 'a: 1', '-H', 'a: 2', '-f', 'approved', '-f', 'queued']).options).toMatchObject({
    header: [
      ['a', '1'],
      ['a', '2'],
    ],
    fixture: ['approved', 'queued'],
  });
  expect(parsed(['listen', '--match', 'a=1', '--match', 'b.c=2']).options).toMatchObject({
    match: [
      { path: ['a'], value: '1' },
      { path: ['b', 'c'], value: '2' },
    ],
  });
});

test.each([
  ['2xx', [200, 204, 299], [199, 300, 401]],
  ['401', [401], [400, 402]],
  ['200,204', [200, 204], [201]],
  ['2XX, 401', [200, 401], [400]],
])('parses send --expect-status %s as a set of statuses', (text, inside, outside) => {
  const { includes } = valueOf('send', '--expect-status', text) as StatusSet;
  expect(inside.filter(status => !includes(status))).toEqual([]);
  expect(outside.filter(status => includes(status))).toEqual([]);
});

test.each<[command: string, flag: string, ...texts: string[]]>([
  [
    'send',
    '--timeout',
    '',
    '0s',
    '0.4ms',
    '10',
    's',
    '-1s',
    '1 s',
    '1S',
    '1e3s',
    '.5s',
    '1d',
    '597h',
    '99999999999999999999h',
    'Infinitys',
  ],
  ['listen', '--port', '', 'abc', '-1', '65536', '80.5', '0x50', '1e3', ' 80', '８０'],
  ['listen', '--count', '0', '-1', '1.5', 'many', '99999999999999999999'],
  ['listen', '--host', ''],
  ['send', '--status', '', 'QUEUED,,APPROVED', 'QUEUED,', ' '],
  ['listen', '--path', '', 'webhooks', 'http://localhost/', '/a b', '/a?b', '/a#b', '/a\n'],
  ['listen', '--ready-file', ''],
  ['listen', '--match', '', 'data', '=', '=APPROVED', 'data.=x', '.data=x', 'data..status=x'],
  ['send', '--seed', '-1', '4294967296', '1.5', 'x'],
  [
    'send',
    '--now',
    '',
    'now',
    '2026',
    '2026-01',
    '2026-13-01',
    '2026-01-32',
    '2026-01-31T09:30:00',
    '2026-01-31 09:30Z',
    '2026-01-31T25:00Z',
    '31.01.2026',
  ],
  [
    'send',
    '--url',
    '',
    'localhost:3000',
    '127.0.0.1',
    '//host/',
    'http:/host',
    'ftp://host/',
    'file:///etc/passwd',
    'http://',
    'http://host:99999/',
    'http://a b/',
  ],
  [
    'send',
    '--header',
    '',
    'no colon',
    ': value',
    'na me: value',
    'ümlaut: value',
    'x: one\ntwo',
    'x: one\rtwo',
    'x: \u0000',
    'x: é',
    'Content-Length: 3',
    'transfer-encoding: chunked',
    'Connection: close',
  ],
  ['send', '--retries', '', '-1', '1.5', 'many', '1001'],
  ['send', '--max-wait', '', '60', '0s'],
  ['send', '--delay', '', 'soon', '0ms'],
  ['send', '--max-time', '', '5', '0s'],
  ['send', '--expect-header', '', 'no colon', ': value', 'x: one\ntwo'],
  ['send', '--expect-body', '', '/(/', '/[/m'],
  ['send', '--set', '', 'data', '=x', '.a=x', 'a.=x', 'a..b=x', 'a=12345678901234567890', 'a=1.0', 'a=1e999', 'a=-0'],
  ['send', '--unset', '', '.', 'a.', '.a', 'a..b'],
  ['send', '--customer', ''],
  ['send', '--cacert', ''],
  ['send', '--expect-status', '', '600', '099', '20', '2000', '2x', 'x00', 'ok', '200,', ',', '200;204', '200-204'],
])('refuses %s %s and names the flag', (command, flag, ...texts) => {
  for (const text of texts) {
    const error = failure([command, `${flag}=${text}`]);
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toMatch(new RegExp(`^${flag}: `));
  }
});

test.each([
  ['send', '--type', '__proto__', 'INDIVIDUAL'],
  ['send', '--type', 'PERSON', 'INDIVIDUAL'],
  ['send', '--algorithm', 'md5', 'sha256'],
  ['send', '--algorithm', '', 'sha256'],
  ['listen', '--show', 'cookies', 'headers'],
  ['send', '--print', 'yaml', 'json'],
])('refuses the unknown name in %s %s %s and suggests the known ones', (...[command, flag, text, known]) => {
  const error = failure([command, `${flag}=${text}`]);
  expect(error).toBeInstanceOf(UnknownNameError);
  expect(namesIn(error)).toContain(known);
});

describe('credentials', () => {
  test.each([
    ['--url', 'http://me:hunter2@localhost:3000/'],
    ['--url', 'https://hunter2@example.com/'],
    ['--url', 'me:hunter2@localhost'],
    ['--url', 'ftp://me:hunter2@localhost/'],
    ['--url', 'http://me:hunter2@local host/'],
    ['--header', 'authorization: Bearer hunter2\n'],
    ['--header', 'authorization: Bearer hunter2é'],
    ['--header', 'Bearer hunter2'],
  ])('in the value of %s are never echoed: %j', (flag, text) => {
    const error = failure(['send', flag, text]);
    expect(error).toBeInstanceOf(UsageError);
    expect(shownOf(error)).not.toContain('hunter2');
  });
});

test.each(['2026-02-30', '2026-04-31', '2025-02-29', '2026-01-01T24:00:00Z', '9999-12-31T23:59:59Z'])(
  'refuses %s as a time that can’t be sent',
  text => {
    expect(failure(['send', '--now', text]).message).toContain("isn't a time");
  },
);
