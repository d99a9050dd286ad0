import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  hasHeader,
  groupHeaders,
  pairsOf,
  parseHeader,
  parseRequestHeader,
  redactHeaders,
  type Header,
} from '../../src/http/header.js';
import { InvalidValueError } from '../../src/errors.js';

const failureOf = (text: string, parse = parseHeader): InvalidValueError => {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof InvalidValueError) return error;
    throw error;
  }
  throw new Error(`${text} was accepted.`);
};

test.each<[string, Header]>([
  ['x-request-id: 42', ['x-request-id', '42']],
  ['x-request-id:42', ['x-request-id', '42']],
  ['X-Request-ID:  42\t', ['X-Request-ID', '42']],
  ['x-empty:', ['x-empty', '']],
  ['x-time: 12:30:00', ['x-time', '12:30:00']],
  ['x-list: a, b; q="c"', ['x-list', 'a, b; q="c"']],
  ["!#$%&'*+.^_`|~-09: x", ["!#$%&'*+.^_`|~-09", 'x']],
  ['content-type: text/plain', ['content-type', 'text/plain']],
  ['host: example.com', ['host', 'example.com']],
])('accepts the header %j', (text, header) => {
  expect(parseHeader(text)).toEqual(header);
});

test.each([
  ['', 'a header is a name, a colon and a value'],
  ['no colon', 'a header is a name, a colon and a value'],
  [': value', 'a header is a name, a colon and a value'],
  ['na me: x', '"na me" isn\'t a header\'s name'],
  [' name: x', '" name" isn\'t a header\'s name'],
  ['name : x', '"name " isn\'t a header\'s name'],
  ['naïve: x', '"naïve" isn\'t a header\'s name'],
  ['a\r\nb: x', '"a\r\nb" isn\'t a header\'s name'],
  ['x: one\r\ny: two', 'the value of x has a line break, a control character or a non-ASCII character'],
  ['x: one\n', 'the value of x has a line break, a control character or a non-ASCII character'],
  ['x: \u0000', 'the value of x has a line break, a control character or a non-ASCII character'],
  ['x: \u007f', 'the value of x has a line break, a control character or a non-ASCII character'],
  ['x: é', 'the value of x has a line break, a control character or a non-ASCII character'],
])('refuses %j: %s', (text, message) => {
  expect(failureOf(text).message).toBe(message);
  expect(failureOf(text, parseRequestHeader).message).toBe(message);
});

test.each(['Content-Length: 3', 'transfer-encoding: chunked', 'CONNECTION: close', 'expect: 100-continue', 'TE: gzip'])(
  '%j can be expected of a response, but in a request the HTTP client writes it',
  text => {
    const [name] = parseHeader(text);
    expect(failureOf(text, parseRequestHeader).message).toBe(`${name} is set by the HTTP client`);
  },
);

test('any accepted header is one line of ASCII, and a refused value isn’t echoed', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })).map(parts => parts.join(':canary')),
    fc.tuple(fc.stringMatching(/^[a-z-]{1,9}$/), fc.string({ unit: 'binary' })).map(parts => parts.join(':canary')),
  );
  fc.assert(
    fc.property(anyText, text => {
      try {
        const [name, value] = parseHeader(text);
        expect(name).toMatch(/^[\x21-\x39\x3b-\x7e]+$/);
        expect(value).toMatch(/^[\t\x20-\x7e]*$/);
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidValueError);
        expect((error as Error).message).not.toContain('canary');
      }
    }),
    { numRuns: 500 },
  );
});

test('the error doesn’t contain a credential', () => {
  for (const text of ['authorization: hunter2\n', 'hunter2', 'cookie: hunter2é', 'connection: hunter2']) {
    const { message, hint = '' } = failureOf(text, parseRequestHeader);
    expect(`${message} ${hint}`).not.toContain('hunter2');
  }
});

test('finds a header in upper or lower case', () => {
  const headers: Header[] = [['X-Fin-Signature', 'x']];
  expect(hasHeader(headers, 'x-fin-signature')).toBe(true);
  expect(hasHeader(headers, 'x-fin')).toBe(false);
  expect(hasHeader([], 'x-fin-signature')).toBe(false);
});

test('turns a flat list of names and values into pairs, in order and with repetitions', () => {
  expect(pairsOf([])).toEqual([]);
  expect(pairsOf(['A', '1', 'a', '2', 'B', ''])).toEqual([
    ['A', '1'],
    ['a', '2'],
    ['B', ''],
  ]);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.string())), pairs => {
      expect(pairsOf(pairs.flat())).toEqual(pairs);
    }),
  );
});

describe('redacts credentials', () => {
  test.each(['authorization', 'Authorization', 'COOKIE', 'Set-Cookie', 'proxy-authorization'])('%s', name => {
    expect(redactHeaders([[name, 'hunter2']])).toEqual([[name, '[redacted]']]);
  });

  test('and nothing else', () => {
    const headers: Header[] = [
      ['x-fin-signature', 'abc'],
      ['x-authorization', 'abc'],
      ['content-type', 'application/json'],
    ];
    expect(redactHeaders(headers)).toEqual(headers);
  });
});

test('groups the values of a name, however it’s spelt, with names in order', () => {
  const headers = [['X-Tag', '1'], ['__proto__', 'p'], ['x-tag', '2']] as const; // prettier-ignore
  expect([...groupHeaders(headers, name => name.toUpperCase())]).toEqual([['X-TAG', ['1', '2']], ['__PROTO__', ['p']]]); // prettier-ignore
});
