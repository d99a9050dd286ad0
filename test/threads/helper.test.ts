import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { startHelper } from '../../src/threads/helper.js';
import { temporaryFolder } from '../support/folder.js';

test('heaps may grow while a second thread warms up, and are kept small after that', async () => {
  const script = path.join(temporaryFolder(), 'worker.mjs');
  const respond = 'parentPort.on("message", ({ length }) => parentPort.postMessage(String(length)));';
  writeFileSync(script, `import { parentPort } from 'node:worker_threads'; ${respond}`);
  const aims: string[] = [];
  const aimHeapsAt = (aim: string) => {
    aims.push(aim);
    return Promise.resolve();
  };
  const task = () => ({ work: 'counting', task: undefined });
  const helper = startHelper({ script: pathToFileURL(script), task, aimHeapsAt }, piece => piece.length);
  const seen: unknown[] = [];
  for (let length = 1; length <= 10; length += 1) {
    expect(await helper.ask(Buffer.alloc(length))).toBe(length);
    seen.push([...aims]);
  }
  await helper.end();
  const [warming, warm] = [['speed'], ['speed', 'memory']];
  expect(seen).toEqual([...Array<string[]>(7).fill(warming), ...Array<string[]>(3).fill(warm)]);
});
