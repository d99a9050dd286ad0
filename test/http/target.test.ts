import { describe, expect, test } from 'vitest';
import { isLoopback, parseTarget } from '../../src/http/target.js';
import { InvalidValueError } from '../../src/errors.js';

const failureOf = (text: string): InvalidValueError => {
  try {
    parseTarget(text);
  } catch (error) {
    if (error instanceof InvalidValueError) return error;
    throw error;
  }
  throw new Error(`${text} was accepted.`);
};

test.each([
  ['http://localhost:3000', 'http://localhost:3000/'],
  ['http://localhost:3000/webhooks/fin?tenant=1', 'http://localhost:3000/webhooks/fin?tenant=1'],
  ['HTTPS://EXAMPLE.com', 'https://example.com/'],
  ['http://127.0.0.1:80/', 'http://127.0.0.1/'],
  ['http://[::1]:4665', 'http://[::1]:4665/'],
  ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
  ['http://host/a b', 'http://host/a%20b'],
  ['http://host/path@home', 'http://host/path@home'],
  ['http://host/#fragment', 'http://host/'],
])('%s is the target %s', (text, href) => {
  expect(parseTarget(text).href).toBe(href);
});

test.each([
  ['', '"" is missing http:// or https://'],
  ['//host/', '"//host/" is missing http:// or https://'],
  ['http:/host', '"http:/host" is missing http:// or https://'],
  ['http:host', '"http:host" is missing http:// or https://'],
  [' http://host', '" http://host" is missing http:// or https://'],
  ['ftp://host/', '"ftp://host/" is neither http:// nor https://'],
  ['ws://host/', '"ws://host/" is neither http:// nor https://'],
  ['file:///etc/passwd', '"file:///etc/passwd" is neither http:// nor https://'],
  ['http://', '"http://" isn\'t a URL'],
  ['http://host:99999/', '"http://host:99999/" isn\'t a URL'],
  ['http://host:port/', '"http://host:port/" isn\'t a URL'],
  ['http://a b/', '"http://a b/" isn\'t a URL'],
  ['http://[::1/', '"http://[::1/" isn\'t a URL'],
])('"%s" is refused with a hint: %s', (text, message) => {
  expect(failureOf(text)).toMatchObject({ message, hint: 'write it like http://localhost:3000/webhooks/fin' });
});

test.each([
  ['http://0.0.0.0:3000/', '0.0.0.0', '127.0.0.1'],
  ['http://0:3000/', '0.0.0.0', '127.0.0.1'],
  ['http://[::]/', '[::]', '[::1]'],
  ['https://[0:0::0]/', '[::]', '[::1]'],
])('%s is an address for listening: %s, and %s is suggested', (text, address, proposal) => {
  const { message, hint } = failureOf(text);
  expect(message).toBe(`${address} is an address to listen on, not to send to`);
  expect(hint).toBe(`write ${proposal} instead`);
});

test.each([
  ['localhost', 'http://localhost'],
  ['localhost:3000/hook?a=b', 'http://localhost:3000/hook?a=b'],
  ['127.0.0.1:4665', 'http://127.0.0.1:4665'],
  ['[::1]:3000', 'http://[::1]:3000'],
  ['example.com/hook', 'https://example.com/hook'],
  ['5880', 'http://127.0.0.1:5880'],
  [':3000/webhooks/fin', 'http://127.0.0.1:3000/webhooks/fin'],
])('"%s" has no scheme, and %s is suggested', (text, proposal) => {
  expect(failureOf(text)).toMatchObject({
    ...{ message: `"${text}" is missing http:// or https://`, hint: `did you mean "${proposal}"?` },
  });
});

test.each([
  'http://user:hunter2@host/',
  'http://hunter2@host/',
  'http://:hunter2@host/',
  'user:hunter2@host',
  'ftp://user:hunter2@host/',
  'http://user:hunter2@a b/',
  'http://user:hunter2@host:99999/',
])('refuses a URL with credentials without echoing them: %s', text => {
  const { message, hint = '' } = failureOf(text);
  expect(`${message} ${hint}`).not.toMatch(/hunter2|user:/);
});

describe('loopback', () => {
  test.each(['localhost', 'LocalHost', '127.0.0.1', '127.1.2.3', '127.255.255.254', '[::1]', '::1'])('is %s', host => {
    expect(isLoopback(host)).toBe(true);
  });

  test.each([
    'localhost.example.com',
    'notlocalhost',
    'localhost.',
    'localtest.me',
    '127.0.0.1.example.com',
    '127.0.0.1.nip.io',
    'x127.0.0.1',
    '128.0.0.1',
    '0.0.0.0',
    '10.0.0.1',
    '192.168.0.1',
    '169.254.169.254',
    '[::]',
    '[::2]',
    '[2001:db8::1]',
    'example.com',
    '127.0.0.1\n',
    '',
  ])('isn’t "%s"', host => {
    expect(isLoopback(host)).toBe(false);
  });

  test.each([
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f.0.0.1/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://１２７.0.0.1/',
  ])('is recognised in other spellings after the URL is parsed: %s', text => {
    expect(isLoopback(parseTarget(text).hostname)).toBe(true);
  });

  test.each([
    'http://127.0.0.1.example.com/',
    'http://localhost.example.com/',
    'http://[::ffff:8.8.8.8]/',
    'http://example.com/?localhost',
  ])('isn’t recognised in something that only looks like it: %s', text => {
    expect(isLoopback(parseTarget(text).hostname)).toBe(false);
  });
});
