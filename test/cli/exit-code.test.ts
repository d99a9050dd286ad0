import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ExitCode, exitCodeOf, gravest } from '../../src/cli/exit-code.js';
import {
  ConnectionError,
  InputError,
  InvalidValueError,
  LocalError,
  namingSource,
  UnknownNameError,
  UsageError,
} from '../../src/errors.js';

test('the exit codes never change', () => {
  expect(ExitCode).toEqual({
    Success: 0,
    Negative: 1,
    Usage: 2,
    Input: 65,
    Connection: 69,
    Bug: 70,
    Local: 74,
    HungUp: 129,
    Interrupted: 130,
    Terminated: 143,
  });
});

const namedFailure = (): unknown => {
  try {
    return namingSource('--flag', () => {
      throw new InvalidValueError('bad');
    });
  } catch (error) {
    return error;
  }
};

test.each<[string, unknown, number]>([
  ['a usage error', new UsageError('x'), 2],
  ['an invalid value', new InvalidValueError('x'), 2],
  ['an invalid value that knows its flag', namedFailure(), 2],
  ['an unknown name', new UnknownNameError('flag', '--x', { known: [] }), 2],
  ['an input error', new InputError('x'), 65],
  ['a connection error', new ConnectionError('x'), 69],
  ['a local error', new LocalError('x'), 74],
  ['an error of the language', new TypeError('x'), 70],
  ['a system error without a message of ours', Object.assign(new Error('x'), { code: 'ENOENT' }), 70],
  ['a connection error that is only the cause', new Error('x', { cause: new ConnectionError('y') }), 70],
  ['a value that isn’t an error', 'x', 70],
  ['nothing', undefined, 70],
])('%s has its own exit code', (_, error, code) => {
  expect(exitCodeOf(error)).toBe(code);
});

/** From most to least serious. */
const order: readonly ExitCode[] = [70, 74, 130, 143, 129, 69, 65, 1, 0];
const pairs = order.flatMap((graver, index) => order.slice(index).map(lighter => ({ graver, lighter })));

test.each(pairs)('$graver takes precedence over $lighter', ({ graver, lighter }) => {
  expect(gravest([graver, lighter])).toBe(graver);
  expect(gravest([lighter, graver])).toBe(graver);
});

test('a run in which nothing happened is a success', () => {
  expect(gravest([])).toBe(0);
});

test('neither the order of events nor a success hides a failure', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...Object.values(ExitCode)), { minLength: 1 }), codes => {
      const result = gravest(codes);
      expect(codes).toContain(result);
      expect(gravest(codes.toReversed())).toBe(result);
      expect(gravest([...codes, 0])).toBe(result);
      expect(result === 0).toBe(codes.every(code => code === 0));
    }),
  );
});
