import { expect, test } from 'vitest';
import { proxyFor } from '../../src/sender/proxy.js';

const proxyOf = (url: string, env: Record<string, string>): string | undefined =>
  proxyFor(new URL(url), env)?.proxy.origin;

const both = { HTTP_PROXY: 'http://plain.example:1', HTTPS_PROXY: 'http://secure.example:2' };

test.each([
  ['http://receiver.example/', both, 'http://plain.example:1'],
  ['https://receiver.example/', both, 'http://secure.example:2'],
  ['https://receiver.example/', { HTTP_PROXY: 'http://plain.example:1' }, undefined],
  ['http://receiver.example/', { ...both, http_proxy: 'http://lower.example:3' }, 'http://lower.example:3'],
  ['http://receiver.example/', { ...both, http_proxy: '' }, 'http://plain.example:1'],
  ['http://receiver.example/', { HTTP_PROXY: 'proxy.example:8080' }, 'http://proxy.example:8080'],
  ['http://receiver.example/', { HTTP_PROXY: 'https://proxy.example' }, 'https://proxy.example'],
  ['http://receiver.example/', {}, undefined],
])('to %s with %j the proxy is %s', (url, env, expected) => {
  expect(proxyOf(url, env)).toBe(expected);
});

test.each(['http://localhost/', 'http://127.0.0.1:3000/', 'https://127.8.9.10/', 'http://[::1]:3000/'])(
  'there is no proxy to %s, which is this machine, even if the variable isn’t a URL',
  url => {
    expect(proxyOf(url, { HTTP_PROXY: '::', HTTPS_PROXY: '::' })).toBeUndefined();
  },
);

test.each([
  ['receiver.example', '*', true],
  ['receiver.example', 'receiver.example', true],
  ['receiver.example', 'RECEIVER.example', true],
  ['receiver.example', 'other.example, receiver.example', true],
  ['receiver.example', 'other.example receiver.example', true],
  ['hooks.receiver.example', 'receiver.example', true],
  ['hooks.receiver.example', '.receiver.example', true],
  ['hooks.receiver.example', '*.receiver.example', true],
  ['notreceiver.example', 'receiver.example', false],
  ['receiver.example', 'hooks.receiver.example', false],
  ['receiver.example:8080', 'receiver.example:8080', true],
  ['receiver.example:8081', 'receiver.example:8080', false],
  ['receiver.example', 'receiver.example:80', true],
  ['10.1.2.3', '10.0.0.0/8', true],
  ['11.1.2.3', '10.0.0.0/8', false],
  ['10.1.2.3', '10.1.2.3', true],
  ['10.1.2.3', '2.3', false],
  ['receiver.example', '0.0.0.0/0', false],
  ['[fd00::1]', 'fd00::/8', true],
  ['[fd00::1]', 'fd00::1', true],
  ['[fd00::1]:81', '[fd00::1]:81', true],
  ['[fd00::1]:82', '[fd00::1]:81', false],
  ['receiver.example', '', false],
  ['receiver.example', ',, ,', false],
  ['10.1.2.3', '10.0.0.0/33', false],
])('to %s with NO_PROXY=%s, bypassing the proxy is %j', (host, exceptions, isExcepted) => {
  expect(proxyOf(`http://${host}/`, { ...both, NO_PROXY: exceptions }) === undefined).toBe(isExcepted);
});

test('user name and password are decoded, and kept apart from the address', () => {
  const found = proxyFor(new URL('http://receiver.example/'), { HTTP_PROXY: 'http://us%40er:p%25w%@proxy.example:1' });
  expect(found).toMatchObject({ authorization: `Basic ${Buffer.from('us@er:p%25w%').toString('base64')}` });
  expect(found?.proxy.href).toBe('http://proxy.example:1/');
});

test.each(['socks5://canary:canary@proxy.example:1', 'http://canary:canary@', '::', 'http://canary canary/'])(
  '%s is a mistake, and the error names the variable but shows no part of its value',
  value => {
    const find = () => proxyFor(new URL('https://receiver.example/'), { https_proxy: value });
    expect(find).toThrow("https_proxy: its value isn't the URL of an HTTP proxy");
    expect(find).not.toThrow('canary');
  },
);
