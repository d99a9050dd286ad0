import { describe, expect, test } from 'vitest';
import { validate } from './validating.js';

const flags = ['--schema', 's.json'];

describe('a mistake in the schema gives exit code 2, with its place and what to do:', () => {
  test.each([
    ['no JSON', '{\n  "type": }', "s.json:2:11: the schema isn't JSON", 'convert YAML first'],
    [
      'a draft',
      '{"$schema": "http://json-schema.org/draft-04/schema#"}',
      's.json:1:13: the schema is written for draft-04',
      'draft/2020-12/schema',
    ],
    [
      'a type',
      '{"type": "strnig"}',
      "s.json:1:10: it isn't a valid schema: type should be array or",
      'understanding-json-schema',
    ],
    [
      'a tuple',
      '{"items": [{}]}',
      "s.json:1:11: it isn't a valid schema: items should be an object or boolean",
      'for draft-07, add "$schema"',
    ],
    ['true', 'true', 's.json:1:1: the schema is true, which accepts everything', '{"type": "object"}'],
    ['a pattern', '{"pattern": "(("}', "s.json:1:13: the pattern isn't a regular expression", 'double each backslash'],
    [
      'a lost reference',
      '{"$ref": "#/$defs/a"}',
      "s.json:1:10: the reference #/$defs/a doesn't resolve",
      '#/$defs/name',
    ],
    [
      'a URL',
      '{"$ref": "https://127.0.0.1:1/a"}',
      "s.json:1:10: https://127.0.0.1:1/a isn't in this file",
      'into $defs',
    ],
    ['an idle one', '{"title": "x"}', 's.json:1:1: the schema checks nothing', 'is this a schema?'],
    [
      'an endless one',
      '{"$ref": "#"}',
      's.json:1:1: the schema refers to itself endlessly',
      'below properties or items',
    ],
    [
      'two with one name',
      '{"not": {"$id": "urn:a"}, "if": {"$id": "urn:a"}}',
      "s.json:1:1: the schema can't be used: ",
      'change that part',
    ],
    ['another encoding', Buffer.from('ff', 'hex'), "s.json isn't UTF-8", ''],
  ])('%s', async (...[, content, message, hint]) => {
    const { exitCode, stdout, stderr } = await validate({ 'a.json': '{}', 's.json': content }, 'a.json', ...flags);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`error: ${message}`);
    expect(stderr).toContain(hint);
  });

  test('a file that can’t be read, or that isn’t a schema', async () => {
    const files = { 'a.json': '{}', 'folder/x': '' };
    const missing = await validate(files, 'a.json', '--schema', 'nope.json');
    expect(missing).toMatchObject({ exitCode: 2, stdout: '' });
    expect(missing.stderr).toContain("can't read nope.json: no such file or folder (ENOENT)");
    expect(await validate(files, 'a.json', '--schema', 'folder')).toMatchObject({ exitCode: 2 });
  });

  test('--event together with it', async () => {
    const { exitCode, stderr } = await validate({ 'a.json': '{}' }, 'a.json', ...flags, '--event', 'customer.status');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('error: --schema and --event were given together');
  });
});
