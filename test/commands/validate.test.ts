import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { misprints } from '../event/misprints.js';
import { reportsIn, root, webhookCli } from '../support/cli.js';
import { bad, folderWith, good, odd, problemsIn, validate } from './validating.js';

describe('the result of a file', () => {
  test('all fixtures are valid, even with --strict', async () => {
    const { exitCode, stdout } = await webhookCli(['validate', 'fixtures/events', '--strict'], { cwd: root });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/✔ fixtures\/events\/approved\.json {2}customer\.status {2}APPROVED/);
    expect(stdout).toMatch(/✔ \d+ files, (\d+) of \1 valid\n$/);
  });

  test.each([
    ['good', good, [], 0],
    ['odd', odd, [], 0],
    ['odd, and strictly judged', odd, ['--strict'], 1],
    ['bad', bad, [], 1],
    ['no JSON', '{', [], 65],
    ['not UTF-8', Buffer.from('7bff7d', 'hex'), [], 65],
    ['nothing', '', [], 65],
    ['100,000 arrays in each other', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, [], 65],
    ['the same in an event', good.replace('"data":{', `"data":{"x":${'['.repeat(5000)}${']'.repeat(5000)},`), [], 65],
    ['of another event than requested', good, ['--event', 'customer.status'], 0],
  ])('%s', async (...[, content, flags, exitCode]) => {
    expect(await validate({ 'a.json': content }, 'a.json', ...flags)).toMatchObject({ exitCode });
  });

  test('reports every problem with its place, and then the result of the file', async () => {
    const text = bad.replace('"QUEUED"', '42').replace('"data":', '\n"data":').replace('"phone"', '"fax"');
    const { lines } = await validate({ 'a.json': text }, 'a.json');
    expect(lines).toEqual([
      '✘ a.json:2:145  data.customer_status should be a string and is a number',
      "⚠ a.json:2:223  data.fax isn't a documented key",
      '✘ a.json:2:309  data.type should be INDIVIDUAL or BUSINESS and is "NOBODY"',
      expect.stringMatching(/^✘ a\.json {2}customer\.status .* 2 errors, 1 warning$/),
    ]);
  });

  test('lists the first hundred problems of a body, and counts the rest', async () => {
    const keys = Array.from({ length: 250 }, (_, index) => `"k${index}":1,`).join('');
    const { lines } = await validate({ 'a.json': good.replace('"data":{', `"data":{${keys}`) }, 'a.json');
    expect(lines).toHaveLength(101);
    expect(lines.at(-1)).toContain('100 warnings, 150 more not reported');
  });

  test('reports an event whose type isn’t the requested one', async () => {
    const text = good.replace('customer.status', 'customer.other');
    const { stdout, exitCode } = await validate({ 'a.json': text }, 'a.json', '--event', 'customer.status');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /^✘ a\.json:1:\d+ {2}event\.type should be customer\.status and is a string of 14 characters\n/,
    );
  });

  test('gives the same exit code for every mistake in the table', async () => {
    const files = Object.fromEntries(misprints.map(({ text }, index) => [`${index}.json`, text]));
    const { stdout } = await validate(files, ...Object.keys(files), '--json');
    const found = problemsIn(stdout);
    for (const [index, { code, path: place, line, column }] of misprints.entries()) {
      const own = found.filter(({ file }) => file === `${index}.json`);
      expect(own.map(problem => ({ ...problem, path: (problem['path'] as string[]).join('.') }))).toContainEqual(
        expect.objectContaining({ code, path: place, line, column }),
      );
    }
  });
});

describe('the source of files', () => {
  const files = {
    'b/two.json': good,
    'b/one.ndjson': `${good}\n${good}\n`,
    'b/c/three.jsonl': good,
    'b/notes.txt': 'x',
  };

  test('searches a folder for .json, .ndjson and .jsonl, in order', async () => {
    const { stdout, exitCode } = await validate(files, 'b', '--json');
    expect(exitCode).toBe(0);
    const named = reportsIn(stdout).filter(({ type }) => type === 'file');
    expect(named.map(({ file, bodies }) => [file, bodies])).toEqual([
      [path.join('b', 'c', 'three.jsonl'), 1],
      [path.join('b', 'one.ndjson'), 2],
      [path.join('b', 'two.json'), 1],
    ]);
  });

  test('expands a glob, and checks a file once', async () => {
    const { stdout } = await validate(files, 'b/**/t*.json*', 'b/two.json', '--json');
    expect(reportsIn(stdout).at(-1)).toMatchObject({ type: 'summary', files: 2, valid: 2 });
  });

  test('reads a file whose name looks like a glob', async () => {
    expect(await validate({ '[x].json': good }, '[x].json')).toMatchObject({ exitCode: 0 });
  });

  test('accepts extensions in upper or lower case', async () => {
    const { stdout } = await validate({ 'b/A.JSON': good, 'b/b.NdJson': good }, 'b', '--json');
    expect(reportsIn(stdout).at(-1)).toMatchObject({ type: 'summary', files: 2, valid: 2 });
  });

  test('reads standard input with -', async () => {
    const run = await webhookCli(['validate', '-'], { stdin: Readable.from([Buffer.from(bad)]) });
    expect(run).toMatchObject({ exitCode: 1 });
    expect(run.stdout).toMatch(/^✘ -:1:/);
  });

  test('follows links to files, but not to folders', async () => {
    const folder = folderWith({ 'a/x.json': good, 'elsewhere/y.json': good, 'elsewhere/z.json': bad });
    symlinkSync('..', path.join(folder, 'a/loop'));
    symlinkSync('../elsewhere', path.join(folder, 'a/folder'));
    symlinkSync('../elsewhere/y.json', path.join(folder, 'a/y.json'));
    for (const name of ['a', 'a/*.json', 'a/**/*.json']) {
      const { stdout, exitCode } = await webhookCli(['validate', name, '--json'], { cwd: folder });
      expect(exitCode).toBe(0);
      expect(reportsIn(stdout).flatMap(({ file }) => file ?? [])).toEqual(['a/x.json', 'a/y.json']);
    }
  });

  test('reads each file of a folder mounted by Kubernetes once', async () => {
    const folder = folderWith({ 'mount/..2026_01/body.json': good });
    symlinkSync('..2026_01', path.join(folder, 'mount/..data'));
    symlinkSync('..data/body.json', path.join(folder, 'mount/body.json'));
    const { stdout } = await webhookCli(['validate', 'mount', '--json'], { cwd: folder });
    expect(reportsIn(stdout).map(({ file }) => file)).toEqual(['mount/body.json']);
  });

  test('reports a broken link as a file that can’t be read', async () => {
    const folder = folderWith({ 'a/x.json': good });
    symlinkSync('nowhere', path.join(folder, 'a/broken.json'));
    const { stderr, exitCode } = await webhookCli(['validate', 'a'], { cwd: folder });
    expect(exitCode).toBe(65);
    expect(stderr).toContain("can't read a/broken.json: no such file or folder (ENOENT)");
  });

  test.each([
    ['nothing', [], 2, 'nothing to validate'],
    ['a glob that matches nothing', ['*.xml'], 2, 'no file matches *.xml (1 file looked at)'],
    ['a deep glob that matches nothing', ['**/*.xml'], 2, 'no file matches **/*.xml (2 files looked at)'],
    ['a glob in a folder that isn’t there', ['a/b/*.json'], 2, 'there is no folder a/b'],
    ['a folder without any', ['empty'], 2, 'empty has no .json, .ndjson or .jsonl file (1 file looked at)'],
    ['- twice', ['-', '-'], 2, 'standard input was given twice'],
    ['an unknown event', ['a.json', '--event', 'customer.statsu'], 2, 'did you mean "customer.status"?'],
    ['a file that isn’t there', ['nope.json'], 65, "can't read nope.json: no such file or folder (ENOENT)"],
  ])('reports the mistake: %s', async (...[, args, exitCode, message]) => {
    const run = await validate({ 'a.json': good, 'empty/notes.txt': '' }, ...args);
    expect(run.exitCode).toBe(exitCode);
    expect(run.stderr).toContain(message);
  });

  test('checks the other files if one is missing, and doesn’t pass', async () => {
    const { lines, stderr, exitCode } = await validate({ 'a.json': good }, 'nope.json', 'a.json');
    expect(exitCode).toBe(65);
    expect(stderr).toContain("can't read nope.json: no such file or folder (ENOENT)");
    expect(lines.at(-1)).toBe('✘ 2 files, 1 of 1 valid, 1 unchecked');
  });
});
