import { closeSync, fstatSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openFile } from '../../src/file/open-file.js';
import { temporaryFolder } from '../support/folder.js';

const manyTimes = 100;

test('A file that is read in part is closed once, and never closes another file with the same descriptor.', async () => {
  const file = path.join(temporaryFolder(), 'large');
  writeFileSync(file, Buffer.alloc(2 * 1024 * 1024));
  const others: number[] = [];
  for (let time = 0; time < manyTimes; time += 1) {
    const { chunks, close } = await openFile(file);
    for await (const chunk of chunks()) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    close();
    // It gets the descriptor number that has just become free, if any.
    others.push(openSync(file, 'r'));
    await sleep(0);
  }
  for (const other of others) expect(fstatSync(other).isFile()).toBe(true);
  for (const other of others) closeSync(other);
});

test('A file that was read to its end may still be closed.', async () => {
  const file = path.join(temporaryFolder(), 'large');
  writeFileSync(file, Buffer.alloc(2 * 1024 * 1024));
  const { chunks, close } = await openFile(file);
  let length = 0;
  for await (const chunk of chunks()) length += chunk.length;
  close();
  expect(length).toBe(2 * 1024 * 1024);
});
