import { Agent } from 'node:http';
import path from 'node:path';
import { expect, test } from 'vitest';
import { deliver, eventOf, readBackFile, startSaving } from '../crash/saving.js';
import { temporaryFolder } from '../support/folder.js';

const perWriter = 500;
const connections = 4;

/** Sends this many events over a few connections at once, and returns their ids, each after its 200. */
async function sendAll(url: string, writer: number): Promise<string[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const acknowledged: string[] = [];
  let number = 0;
  const send = async () => {
    while (number < perWriter) {
      // Some are longer than a system writes in one piece.
      const { id, body } = eventOf(writer, (number += 1), number % 25 === 0 ? 300_000 : 0);
      expect(await deliver(url, body, agent)).toBe(200);
      acknowledged.push(id);
    }
  };
  await Promise.all(Array.from({ length: connections }, send));
  agent.destroy();
  return acknowledged;
}

test('two listeners that record to one file at once lose nothing and mix nothing up', async () => {
  const file = path.join(temporaryFolder(), 'captured.ndjson');
  const listeners = await Promise.all([startSaving(file), startSaving(file)]);
  const acknowledged = (await Promise.all(listeners.map(({ url }, writer) => sendAll(url, writer)))).flat();
  for (const { child, ended } of listeners) {
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ exitCode: 143, stderr: '' });
  }
  const { times, torn, corrupt } = await readBackFile(file);
  expect({ torn, corrupt }).toEqual({ torn: 0, corrupt: [] });
  expect([...times.keys()].sort()).toEqual(acknowledged.sort());
  expect(times.size).toBe(2 * perWriter);
  expect(new Set(times.values())).toEqual(new Set([1]));
});
