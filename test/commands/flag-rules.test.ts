import { expect, test } from 'vitest';
import { refuseBrokenRules, type FlagRule } from '../../src/contract/flag-rules.js';
import { UsageError } from '../../src/errors.js';

const hint = 'what to do';

const conflict: FlagRule = { conflict: ['--walk', '--status'], hint };
const withFiles: FlagRule = { conflict: ['--body', '<file>'], hint };
const withValue: FlagRule = { conflict: ['--signed', '--format ndjson'], hint };
const needs: FlagRule = { flag: '--fsync', needs: '--save', hint };
const onlyWith: FlagRule = { flag: '--secret-env', onlyWith: '--secret-from variable', hint };
const anyOf: FlagRule = { anyOf: ['--status', '<file>'], message: 'nothing to send', hint };
const stdin: FlagRule = { stdin: ['<file>', '--secret-file'] };

/** The message about the first broken rule; undefined if none is broken. */
function failure(rules: readonly FlagRule[], options: Record<string, unknown>): UsageError | undefined {
  try {
    refuseBrokenRules(rules, options);
    return undefined;
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
}

test.each<[FlagRule, Record<string, unknown>, message: string]>([
  [conflict, { walk: true, status: ['QUEUED'] }, '--walk and --status were given together'],
  [withFiles, { body: 'a', file: ['b'] }, '--body and a file were given together'],
  [withFiles, { body: 'a', file: ['b', 'c'] }, '--body and files were given together'],
  [withValue, { signed: true, format: 'ndjson' }, '--signed and --format ndjson were given together'],
  [needs, { fsync: true }, '--fsync needs --save'],
  [onlyWith, { secretEnv: 'A', secretFrom: 'file' }, '--secret-env and --secret-from file were given together'],
  [anyOf, { file: [] }, 'nothing to send'],
  [anyOf, {}, 'nothing to send'],
])('%j rejects %j', (rule, options, message) => {
  expect(failure([rule], options)).toMatchObject({ code: 'usage', message, hint });
});

test.each<[FlagRule, Record<string, unknown>]>([
  [stdin, { file: '-', secretFile: ['-'] }],
  [stdin, { file: ['-', '-'] }],
  [stdin, { file: [], secretFile: ['-', 'a', '-'] }],
])('%j rejects %j', (rule, options) => {
  const words = { message: 'standard input was given twice', hint: 'it can be read only once' };
  expect(failure([rule], options)).toMatchObject(words);
});

test.each<[FlagRule, Record<string, unknown>]>([
  [conflict, {}],
  [conflict, { walk: false, status: ['QUEUED'] }],
  [conflict, { walk: true, status: [] }],
  [withValue, { signed: true, format: 'http' }],
  [withValue, { format: 'ndjson' }],
  [needs, { fsync: true, save: 'a' }],
  [needs, { fsync: false }],
  [needs, { save: 'a' }],
  [onlyWith, { secretEnv: 'A' }],
  [onlyWith, { secretEnv: 'A', secretFrom: 'variable' }],
  [onlyWith, { secretFrom: 'file' }],
  [anyOf, { file: ['-'] }],
  [stdin, { file: '-', secretFile: ['a'] }],
  [stdin, { file: ['-', 'a'] }],
])('%j allows %j', (rule, options) => {
  expect(failure([rule], options)).toBeUndefined();
});

test('reports the first of several broken rules', () => {
  const options = { walk: true, status: ['QUEUED'], fsync: true };
  expect(failure([needs, conflict], options)?.message).toBe('--fsync needs --save');
  expect(failure([conflict, needs], options)?.message).toBe('--walk and --status were given together');
});
