import { describe, expect, test } from 'vitest';
import { isRequestTarget, originForm } from '../../src/http/target.js';

describe('asks an origin server for', () => {
  test.each([
    ['/', '/'],
    ['//evil/x', '//evil/x'],
    ['/\\evil', '/\\evil'],
    ['/a/../b?', '/a/../b?'],
    ['http://evil/x', '/x'],
    ['http://evil', '/'],
    ['http://evil?a', '/?a'],
    ['http://evil#a', '/#a'],
    ['HTTP://a:b@evil:80/a/../b?c#d', '/a/../b?c#d'],
    ['http:///x', '/x'],
    ['http://[::1]/http://x', '/http://x'],
    ['*', '*'],
    ['evil:80', 'evil:80'],
    ['', ''],
  ])('%s as %s', (target, expected) => {
    expect(originForm(target)).toBe(expected);
  });
});

test.each(['/', '*', '/\\', '/\xe9', 'http://x/', '/"{}'])('%s can be in a request line', target => {
  expect(isRequestTarget(target)).toBe(true);
});

test.each(['', '/ ', '/\r\nx: 1', '/\t', '/\x7f', '/\0', '/\u{1f600}', '/ā'])('%j can’t', target => {
  expect(isRequestTarget(target)).toBe(false);
});
