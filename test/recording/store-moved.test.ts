import { mkdirSync, renameSync, rmSync, writeFileSync, writevSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openStore, type StoreNotice, type StoreOptions } from '../../src/recording/store.js';
import { LocalError } from '../../src/errors.js';
import { descriptors } from '../support/descriptors.js';
import { temporaryFolder } from '../support/folder.js';
import { factsOf, isTaken, newFile, told } from './storing.js';

async function opened(file: string, options: Partial<StoreOptions> = {}) {
  const notices: StoreNotice[] = [];
  const store = await openStore(file, { isSynced: false, onNotice: notice => notices.push(notice), ...options });
  let isOpen = true;
  const close = () => {
    if (isOpen) store.close();
    isOpen = false;
  };
  onTestFinished(close);
  return { append: (body: string) => store.append(factsOf(body)), close, notices };
}

describe('a recording that loses its name while being written', () => {
  test.each([
    ['deleted', (file: string) => { rmSync(file); }, 'deleted'],
    ['renamed', (file: string) => { renameSync(file, `${file}.1`); }, 'replaced'],
    ['replaced by an empty file', (file: string) => { writeFileSync(`${file}.new`, ''); renameSync(`${file}.new`, file); }, 'deleted'],
    ['deleted with its folder', (file: string) => { rmSync(path.dirname(file), { recursive: true }); }, 'deleted'],
  ])('because it is %s continues in a new file', async (_, move, reason) => {
    const file = path.join(temporaryFolder(), 'own', 'captured.ndjson');
    const { append, close, notices } = await opened(file);
    await append('1');
    move(file);
    await append('2');
    expect(await told(file)).toEqual(['2']);
    expect(notices.at(-1)).toEqual({ reason, path: file });
    close();
    expect(descriptors().filter(name => name.startsWith(path.dirname(file)))).toEqual([]);
  }); // prettier-ignore

  test('keeps what was in it before it was renamed', async () => {
    const file = newFile();
    const { append, notices } = await opened(file);
    for (const body of ['1', '2']) await append(body);
    renameSync(file, `${file}.1`);
    for (const body of ['3', '4']) await append(body);
    expect([await told(`${file}.1`), await told(file)]).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
    expect(notices).toHaveLength(1);
  });

  test('in the middle of a write has each record once', async () => {
    const file = newFile();
    let calls = 0;
    const { append } = await opened(file, {
      write: (descriptor, records) => {
        calls += 1;
        if (calls === 1) rmSync(file);
        return writevSync(descriptor, records);
      },
    });
    await Promise.all(['1', '2', '3'].map(append));
    expect(await told(file)).toEqual(['1', '2', '3']);
    expect(calls).toBe(2);
  });

  test('every time is a failure', async () => {
    const file = newFile();
    const { append } = await opened(file, {
      write: (descriptor, records) => {
        rmSync(file);
        return writevSync(descriptor, records);
      },
    });
    await expect(append('1')).rejects.toThrow('is deleted each time it is written');
  });

  test.each([
    ['a folder', (file: string) => { mkdirSync(file); }],
    ['a file of another kind', (file: string) => { writeFileSync(file, 'mine'); }],
  ])('to %s is a failure, until the name is free again', async (_, take) => {
    const file = newFile();
    const { append } = await opened(file);
    await append('1');
    rmSync(file);
    take(file);
    await expect(append('2')).rejects.toThrow(LocalError);
    expect(await isTaken(append('3'))).toBe(false);
    rmSync(file, { recursive: true });
    await append('4');
    expect(await told(file)).toEqual(['4']);
  }); // prettier-ignore
});

test('a new folder is reported, and an existing one isn’t', async () => {
  const folder = path.join(temporaryFolder(), 'a', 'b');
  const { notices } = await opened(path.join(folder, 'captured.ndjson'));
  expect(notices).toEqual([{ reason: 'folder-made', path: folder }]);
  expect((await opened(path.join(folder, 'other.ndjson'))).notices).toEqual([]);
});
