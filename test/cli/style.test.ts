import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { Host } from '../../src/cli/host.js';
import { createStyle } from '../../src/cli/terminal/style.js';

type Output = Parameters<typeof createStyle>[0];
type Env = Host['env'];

const stream = (terminal: { isTTY?: boolean; columns?: number }): Output => Object.assign(new PassThrough(), terminal);
const terminal = stream({ isTTY: true, columns: 100 });
const pipe = stream({});

test.each<[on: string, Output, Env, flag: boolean | undefined, isColoured: boolean]>([
  ['a terminal', terminal, {}, undefined, true],
  ['a terminal', terminal, { TERM: 'xterm-256color' }, undefined, true],
  ['a terminal', terminal, { TERM: 'dumb' }, undefined, false],
  ['a terminal', terminal, { NO_COLOR: '1' }, undefined, false],
  ['a terminal', terminal, { NO_COLOR: '0' }, undefined, false],
  ['a terminal', terminal, { NO_COLOR: '' }, undefined, true],
  ['a terminal', terminal, { FORCE_COLOR: '0' }, undefined, false],
  ['a terminal', terminal, { FORCE_COLOR: 'false' }, undefined, false],
  ['a terminal', terminal, { FORCE_COLOR: '1', NO_COLOR: '1' }, undefined, true],
  ['a terminal', terminal, { FORCE_COLOR: '1', TERM: 'dumb' }, undefined, true],
  ['a terminal', terminal, {}, false, false],
  ['a terminal', terminal, { FORCE_COLOR: '1' }, false, false],
  ['a terminal', terminal, { NO_COLOR: '1' }, true, true],
  ['a terminal', terminal, { TERM: 'dumb' }, true, true],
  ['a pipe', pipe, {}, undefined, false],
  ['a pipe', pipe, { TERM: 'xterm-256color' }, undefined, false],
  ['a pipe', pipe, { FORCE_COLOR: '1' }, undefined, true],
  ['a pipe', pipe, { FORCE_COLOR: 'true' }, undefined, true],
  ['a pipe', pipe, { FORCE_COLOR: '3' }, undefined, true],
  ['a pipe', pipe, { FORCE_COLOR: '0' }, undefined, false],
  ['a pipe', pipe, { FORCE_COLOR: '1' }, false, false],
  ['a pipe', pipe, {}, true, true],
  ['a stream that isn’t a terminal', stream({ isTTY: false }), {}, undefined, false],
])('on %s, with %o and the flag %s, colours are %s', (...[, output, env, flag, isColoured]) => {
  const { good, bad, warning, faint, strong } = createStyle(output, env, flag);
  for (const paint of [good, bad, warning, faint, strong]) {
    expect(paint('text').includes('\u001b')).toBe(isColoured);
    expect(paint('text')).toContain('text');
  }
});

test('the environment of the test process doesn’t affect colours', () => {
  expect(createStyle(pipe, {}, true).good('text')).toBe('\u001b[32mtext\u001b[39m');
});

test.each<[marks: string, Env]>([
  ['✔', {}],
  ['✔', { LANG: 'en_US.UTF-8' }],
  ['✔', { LANG: 'de_DE.utf8' }],
  ['✔', { LANG: 'C.UTF-8' }],
  ['✔', { LC_CTYPE: 'UTF-8' }],
  ['✔', { LC_ALL: 'en_US.UTF-8', LC_CTYPE: 'C', LANG: 'C' }],
  ['✔', { LC_CTYPE: 'en_US.UTF-8', LANG: 'C' }],
  ['✔', { LC_ALL: '', LC_CTYPE: '', LANG: 'en_US.UTF-8' }],
  ['✔', { LANG: '' }],
  ['+', { LANG: 'C' }],
  ['+', { LANG: 'POSIX' }],
  ['+', { LANG: 'en_US' }],
  ['+', { LANG: 'de_DE.ISO-8859-15@euro' }],
  ['+', { LC_ALL: 'C', LC_CTYPE: 'en_US.UTF-8', LANG: 'en_US.UTF-8' }],
  ['+', { LC_CTYPE: 'C', LANG: 'en_US.UTF-8' }],
  ['+', { LC_ALL: '', LC_CTYPE: 'C', LANG: 'en_US.UTF-8' }],
])('a good mark is %s in the locale %o', (mark, env) => {
  expect(createStyle(pipe, env, undefined).marks.good).toBe(mark);
});

test('every mark is ASCII if the locale isn’t UTF-8', () => {
  const marks = Object.values(createStyle(pipe, { LANG: 'C' }, undefined).marks);
  expect(marks).toHaveLength(9);
  expect(marks.join('')).toMatch(/^[\x20-\x7e]+$/);
});

describe('lines', () => {
  test.each([
    ['as wide as the terminal', stream({ isTTY: true, columns: 42 }), 42],
    ['80 columns wide on a terminal of unknown width', stream({ isTTY: true }), 80],
    ['as wide as they like in a pipe', pipe, Number.POSITIVE_INFINITY],
    ['as wide as they like in a pipe that claims columns', stream({ columns: 42 }), Number.POSITIVE_INFINITY],
  ])('are %s', (_, output, columns) => {
    expect(createStyle(output, {}, undefined).columns).toBe(columns);
  });
});
