import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createProgress } from '../../src/cli/terminal/progress.js';

function progressOn(stderr: PassThrough & { isTTY?: boolean }, flags = {}, env: Record<string, string> = {}) {
  const progress = createProgress({ stderr, env, now: () => new Date() }, flags, {
    push: () => undefined,
    begin: Date.now() - 20_000,
  });
  const shown = () => (stderr.read() as Buffer | null)?.toString() ?? '';
  return { progress, shown };
}

const terminal = () => Object.assign(new PassThrough(), { isTTY: true });

test('on a terminal, progress is one line that updates and makes way for output', () => {
  const { progress, shown } = progressOn(terminal());
  progress.show('1 of 3');
  progress.show('2 of 3');
  expect(shown()).toBe('\r\u001B[K1 of 3\r\u001B[K2 of 3');
  progress.clear();
  progress.clear();
  expect(shown()).toBe('\r\u001B[K');
});

test.each([
  [{}, 0, '────────────────────  0 of 3'],
  [{}, 0.5, '━━━━━━━━━━──────────  0 of 3'],
  [{ LANG: 'C' }, 0.3, '######..............  0 of 3'],
  [{}, 1, '━━━━━━━━━━━━━━━━━━━━  0 of 3'],
])('with %j and a fraction of %d, it shows a bar', (env, share, line) => {
  const { progress, shown } = progressOn(terminal(), {}, env);
  progress.show('0 of 3', share);
  expect(shown()).toBe(`\r\u001B[K${line}`);
});

test('is never wider than the terminal', () => {
  const { progress, shown } = progressOn(Object.assign(terminal(), { columns: 30 }));
  progress.show('1,000,000 of 1,000,000', 0.1);
  expect(shown()).toBe('\r\u001B[K━━──────────────────  1,000,0');
});

test('outside a terminal, progress is an occasional line that is never erased', () => {
  for (const { progress, shown } of [progressOn(new PassThrough()), progressOn(terminal(), {}, { TERM: 'dumb' })]) {
    progress.show('1 of 3');
    progress.show('2 of 3');
    progress.clear();
    expect(shown()).toBe('1 of 3\n');
  }
});

test.each([{ quiet: true }, { json: true }])('prints nothing with %j', flags => {
  const { progress, shown } = progressOn(terminal(), flags);
  progress.show('1 of 3');
  progress.clear();
  expect(shown()).toBe('');
});
