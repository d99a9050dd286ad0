import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { LocalError } from '../../src/errors.js';
import { writeDocument } from '../../src/report/write.js';
import { temporaryFolder } from '../support/folder.js';

const clock = { randomBytes };

test('a document replaces an older one, and leaves nothing else behind', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'report.xml');
  writeFileSync(file, 'an older and longer one');
  await writeDocument(file, 'new', { clock });
  expect(readFileSync(file, 'utf8')).toBe('new');
  expect(readdirSync(folder)).toEqual(['report.xml']);
});

test('a link stays a link', async () => {
  const folder = temporaryFolder();
  const [file, link] = [path.join(folder, 'file'), path.join(folder, 'link')];
  writeFileSync(file, 'old');
  symlinkSync(file, link);
  await writeDocument(link, 'new', { clock });
  expect(readFileSync(file, 'utf8')).toBe('new');
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
});

test('a device is written to, and stays a device', async () => {
  await writeDocument('/dev/null', 'new', { clock });
  expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
});

test.each(['missing/report.xml', 'folder', 'file/report.xml'])(
  '%s can’t be written, and the error says so',
  async name => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'folder'));
    writeFileSync(path.join(folder, 'file'), '');
    const attempt = writeDocument(path.join(folder, name), 'new', { clock });
    await expect(attempt).rejects.toThrow(LocalError);
    await expect(attempt).rejects.toThrow(`can't write the report ${path.join(folder, name)}: `);
    expect(readdirSync(folder)).toEqual(['file', 'folder']);
  },
);
