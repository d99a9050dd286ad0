import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answered } from '../../src/sender/http-client.js';
import type { Header } from '../../src/http/header.js';
import { bodyPattern } from '../../src/sender/body-pattern.js';
import { unmetBy, type ReplyExpectation, type Unmet } from '../../src/sender/expectation.js';
import { statusSet } from '../../src/http/status-set.js';

interface Answer {
  status?: number;
  headers?: Header[];
  body?: string | Uint8Array;
  milliseconds?: number;
}

const answer = ({ status = 200, headers = [], body = '', milliseconds = 5 }: Answer): Answered => ({
  reply: { status, statusText: '', headers, body: Buffer.from(body), isBodyCut: false },
  milliseconds,
});

const unmetIn = async (given: Answer, expectation: Partial<ReplyExpectation> = {}): Promise<Unmet[]> =>
  unmetBy(answer(given), { status: statusSet('2xx'), headers: [], ...expectation });

const headers: Header[] = [
  ['Content-Type', 'application/json'],
  ['X-Twice', '1'],
  ['x-twice', '2'],
  ['Set-Cookie', 'session=hunter2'],
];

test('an expected response has no unmet expectations', async () => {
  const expectation = {
    status: statusSet('401'),
    headers: [['content-type', 'application/json']] as const,
    body: bodyPattern('denied'),
    maxTime: 5,
  };
  expect(await unmetIn({ status: 401, headers, body: '{"denied":true}', milliseconds: 5 }, expectation)).toEqual([]);
});

test('reports every unmet expectation, the status first', async () => {
  const unmet = await unmetIn(
    { status: 500, body: 'äh', milliseconds: 12 },
    { headers: [['x-trace', '1']], body: bodyPattern('/ok/'), maxTime: 10 },
  );
  expect(unmet).toEqual([
    { what: 'status', expected: '2xx', got: '500' },
    { what: 'header', expected: 'x-trace: 1', got: 'no x-trace' },
    { what: 'body', expected: '/ok/', got: '3 bytes without it' },
    { what: 'time', expected: 'at most 10 ms', got: '12 ms' },
  ]);
});

describe('a header', () => {
  test.each<Header>([
    ['content-type', 'application/json'],
    ['CONTENT-TYPE', 'application/json'],
    ['x-twice', '1'],
    ['X-TWICE', '2'],
    ['set-cookie', 'session=hunter2'],
  ])('%s: %s is there', async (...header) => {
    expect(await unmetIn({ headers }, { headers: [header] })).toEqual([]);
  });

  test.each<[...Header, got: string]>([
    ['content-type', 'application/JSON', 'application/json'],
    ['content-type', 'application', 'application/json'],
    ['x-twice', '1, 2', '1, 2'],
    ['x-twice', '3', '1, 2'],
    ['x-none', '', 'no x-none'],
    ['set-cookie', 'session=1', '[redacted]'],
  ])('%s: %s isn’t there, but %s is', async (name, value, got) => {
    expect(await unmetIn({ headers }, { headers: [[name, value]] })).toEqual([
      { what: 'header', expected: `${name}: ${value}`, got },
    ]);
  });
});

describe('a body', () => {
  test.each([
    ['ok', '{"ok":true}'],
    ['a.c', 'a.c'],
    ['/a.c/', 'abc'],
    ['/OK/i', 'it is ok'],
    ['/^two$/m', 'one\ntwo\nthree'],
    ['/a.c/s', 'a\nc'],
    ['/\\p{Lu}/u', 'ä Ö'],
    ['//', 'see // there'],
    ['/etc', 'in /etc/passwd'],
    ['/usr/bin', '/usr/bin/env'],
    ['é', 'é'],
  ])('has %s as %j', async (text, body) => {
    expect(bodyPattern(text)).toMatchObject({ text });
    expect(await unmetIn({ body }, { body: bodyPattern(text) })).toEqual([]);
  });

  test.each([
    ['ok', 'OK'],
    ['a.c', 'abc'],
    ['/a.c/', 'a\nc'],
    ['/^two$/', 'one\ntwo'],
    ['ok', ''],
  ])('has no %s as %j', async (text, body) => {
    expect(await unmetIn({ body }, { body: bodyPattern(text) })).toMatchObject([{ what: 'body', expected: text }]);
  });

  test('that isn’t text is searched, too', async () => {
    expect(await unmetIn({ body: Buffer.from('ff006f6bfe', 'hex') }, { body: bodyPattern('ok') })).toEqual([]);
  });

  test('is searched from its beginning each time', async () => {
    const body = bodyPattern('/ok/');
    const judged = await Promise.all([1, 2, 3].map(() => unmetIn({ body: 'ok' }, { body })));
    expect(judged).toEqual([[], [], []]);
  });

  test('is not quoted if it’s unexpected, since it may be personal', async () => {
    const unmet = await unmetIn({ body: 'canary@personal.example' }, { body: bodyPattern('ok') });
    expect(JSON.stringify(unmet)).not.toContain('canary');
  });
});

test.each(['/(/', '/[/', '/a**/', '/\\p{Nothing}/u'])('%s isn’t a pattern', text => {
  expect(bodyPattern(text)).toBeUndefined();
});

test('any text, between slashes or not, is a pattern or an error, and never throws', () => {
  fc.assert(
    fc.property(fc.string(), fc.boolean(), (text, isRegex) => {
      const pattern = bodyPattern(isRegex ? `/${text}/` : text);
      expect(typeof pattern?.search).toMatch(/^(?:function|undefined)$/);
    }),
  );
});

test('finds a text anywhere', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (before, text, after) => {
      fc.pre(!/^\/.+\/[dimsuv]*$/s.test(text));
      expect(bodyPattern(text)?.search(`${before}${text}${after}`)).toBe(true);
    }),
  );
});

test.each([
  [9, 10, true],
  [10, 10, true],
  [11, 10, false],
])('%i ms with a limit of %i ms is met: %s', async (milliseconds, maxTime, isMet) => {
  expect((await unmetIn({ milliseconds }, { maxTime })).length === 0).toBe(isMet);
});

test.each(['/x/g', '/x/y', '/(/'])('%s isn’t a pattern', text => {
  expect(bodyPattern(text)).toBeUndefined();
});
