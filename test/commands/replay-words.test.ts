import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { encodeRecord } from '../../src/recording/record.js';
import { webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { startReceiver } from '../support/receiver.js';

const numbers = Array.from({ length: 12 }, (_, index) => String(index + 1));
const recording = Buffer.concat(
  numbers.map(id =>
    encodeRecord({
      ...{ kind: 'request', id, seq: Number(id), receivedAt: '2026-01-31T09:30:00.000Z', method: 'POST', target: '/' },
      ...{ complete: true, headers: [], body: Buffer.from(id) },
    }),
  ),
);

async function linesWith(concurrency: number): Promise<string[]> {
  const { url } = await startReceiver();
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'captured'), recording);
  const run = await webhookCli(['replay', 'captured', '--url', url, '--concurrency', String(concurrency)], { cwd });
  return run.stdout.split('\n').slice(0, 24);
}

test('with several in flight, each line has the number of its request, aligned', async () => {
  const lines = await linesWith(4);
  for (const mark of ['→', '←']) {
    const found = lines.flatMap(text => new RegExp(`^([ \\d]{2}) ${mark} `).exec(text)?.[1] ?? []);
    expect(found.sort()).toEqual(numbers.map(each => each.padStart(2)).sort());
  }
});

test('with one at a time, lines have no number', async () => {
  expect((await linesWith(1)).filter(text => !/^[→←] /.test(text))).toEqual([]);
});
