import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, inject, test } from 'vitest';
import { encodeRecord } from '../../src/recording/record.js';
import { webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, env, signatureOf } from '../support/listening.js';

const recordOf = (secret: string, body: Buffer): Buffer =>
  encodeRecord({
    ...{ kind: 'request', id: 'a1', seq: 1, receivedAt: '2026-01-31T09:30:00.000Z', method: 'POST', target: '/' },
    ...{ headers: Object.entries(signatureOf(body, secret)), body, complete: true },
  });

const wrong = recordOf('another secret', approved);

/** Enough for a second thread, which few long bodies are sooner than many short ones. */
const long = Buffer.concat(
  Array<Buffer>(120).fill(recordOf('test_secret', Buffer.concat([approved, Buffer.alloc(60_000, ' ')]))),
);

async function verified(content: Buffer) {
  const cwd = temporaryFolder();
  const [script, told] = [path.join(cwd, 'worker.mjs'), path.join(cwd, 'told')];
  writeFileSync(path.join(cwd, 'recording'), content);
  const worker = pathToFileURL(path.join(inject('builtPackage'), 'bin/worker.js')).href;
  writeFileSync(
    script,
    `import { writeFileSync } from 'node:fs'; import { workerData } from 'node:worker_threads';
    writeFileSync(${JSON.stringify(told)}, String(workerData.task.searchTime)); await import(${JSON.stringify(worker)});`,
  );
  const aims: string[] = [];
  const aimHeapsAt = (aim: string) => {
    aims.push(aim);
    return Promise.resolve();
  };
  const argv = ['verify', 'recording', '--quiet'];
  const { exitCode } = await webhookCli(argv, { cwd, env, workerScript: pathToFileURL(script), aimHeapsAt });
  return { exitCode, aims, searchTime: () => Number(readFileSync(told, 'utf8')) };
}

test('both threads together search for causes no longer than one would', async () => {
  expect(long.length).toBeGreaterThan(9 * 1024 ** 2);
  const all = await verified(long);
  expect(all).toMatchObject({ exitCode: 0, aims: expect.arrayContaining(['speed']) as string[] });
  const some = await verified(Buffer.concat([wrong, wrong, long]));
  expect(some.exitCode).toBe(1);
  expect(some.searchTime()).toBeGreaterThan(0);
  expect(some.searchTime()).toBeLessThan(all.searchTime());
});

test.each([
  [99, []],
  [100, ['memory']],
])('with %i bad signatures, heaps are aimed at %j', async (count, expected) => {
  // The causes of a short text are soon tried.
  const brief = recordOf('another secret', Buffer.from('x'));
  const { exitCode, aims } = await verified(Buffer.concat(Array.from({ length: count }, () => brief)));
  expect({ exitCode, aims }).toEqual({ exitCode: 1, aims: expected });
});
