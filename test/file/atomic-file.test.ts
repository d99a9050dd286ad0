import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createFile, placeWhole, replaceFile, writeThrough } from '../../src/file/atomic-file.js';
import { temporaryFolder } from '../support/folder.js';

const writing = { clock: { randomBytes } };

/** A folder with one old file in it. */
function withOldFile(): { folder: string; file: string } {
  const folder = temporaryFolder();
  const file = path.join(folder, 'file');
  writeFileSync(file, 'old and longer');
  return { folder, file };
}

test.each([
  ['replaceFile', replaceFile],
  ['writeThrough', writeThrough],
])('%s replaces the old file, and leaves nothing else behind', async (_, write) => {
  const { folder, file } = withOldFile();
  await write(file, 'new', writing);
  expect(readFileSync(file, 'utf8')).toBe('new');
  expect(readdirSync(folder)).toEqual(['file']);
});

test('the new file is complete before it gets its name, and the old one exists until then', async () => {
  const { folder, file } = withOldFile();
  const place = (temporary: string) => {
    expect(path.dirname(temporary)).toBe(folder);
    expect(readFileSync(temporary, 'utf8')).toBe('new');
    expect(readFileSync(file, 'utf8')).toBe('old and longer');
    return Promise.reject(new Error('the power is gone'));
  };
  await expect(placeWhole({ file, content: 'new', place }, writing)).rejects.toThrow('the power is gone');
  expect(readFileSync(file, 'utf8')).toBe('old and longer');
  expect(readdirSync(folder)).toEqual(['file']);
});

test.each([
  ['the place is a folder with something in it', (file: string) => (mkdirSync(path.join(file, 'inner'), { recursive: true }), file)],
  ['the folder doesn’t exist', (file: string) => path.join(file, 'missing', 'file')],
])('if %s, it fails and leaves nothing behind', async (_, prepare) => {
  const folder = temporaryFolder();
  const file = prepare(path.join(folder, 'file'));
  const before = readdirSync(folder);
  await expect(replaceFile(file, 'new', writing)).rejects.toHaveProperty('code');
  expect(readdirSync(folder)).toEqual(before);
}); // prettier-ignore

test.each([0o600, 0o644])('a new file has its mode from the first byte: %o', async mode => {
  const file = path.join(temporaryFolder(), 'file');
  let first = 0;
  const place = (temporary: string) => {
    first = statSync(temporary).mode & 0o777;
    return Promise.resolve();
  };
  await placeWhole({ file, content: 'new', place }, { ...writing, mode });
  await replaceFile(file, 'new', { ...writing, mode, isSynced: true });
  expect([first, statSync(file).mode & 0o777]).toEqual([mode, mode]);
});

describe('createFile', () => {
  test('leaves an existing file alone', async () => {
    const { folder, file } = withOldFile();
    await createFile(file, 'new', writing);
    expect(readFileSync(file, 'utf8')).toBe('old and longer');
    expect(readdirSync(folder)).toEqual(['file']);
  });

  test('one of several concurrent calls creates the file, and the others keep it', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'file');
    const read = async (content: string) => {
      await createFile(file, content, writing);
      return readFileSync(file, 'utf8');
    };
    const contents = await Promise.all(Array.from({ length: 20 }, (_, index) => read(`content ${index}`)));
    expect(new Set(contents).size).toBe(1);
    expect(readdirSync(folder)).toEqual(['file']);
  });
});

describe('a link', () => {
  const linked = () => {
    const { folder, file } = withOldFile();
    const link = path.join(folder, 'link');
    symlinkSync(file, link);
    return { file, link };
  };

  test('is followed by writeThrough', async () => {
    const { file, link } = linked();
    await writeThrough(link, 'new', writing);
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
  });

  test('is replaced by replaceFile, so nobody can choose where a secret goes', async () => {
    const { file, link } = linked();
    await replaceFile(link, 'new', writing);
    expect(readFileSync(file, 'utf8')).toBe('old and longer');
    expect([lstatSync(link).isFile(), readFileSync(link, 'utf8')]).toEqual([true, 'new']);
  });
});

test('writeThrough writes to a device, which stays a device', async () => {
  await writeThrough('/dev/null', 'new', writing);
  expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
});
