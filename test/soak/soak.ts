import { once, setMaxListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { reportsIn } from '../support/cli.js';
import { approved, env, signatureOf } from '../support/listening.js';
import { startBuilt } from '../support/process.js';
import { hostileClients, type HostileName } from './hostile.js';

const seconds = Number(process.env['SOAK_SECONDS'] ?? 60);
const goodAtOnce = 10;
/** Of each kind. */
const hostileAtOnce = 5;
const mostResident = 200 * 1024;

test(`a listener serves good clients among hostile ones for ${seconds} seconds`, async () => {
  const { child, ended } = startBuilt(['listen', '--port', '0', '--json'], { env });
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };

  const over = AbortSignal.timeout(seconds * 1000);
  setMaxListeners(0, over);
  const good = new Map<number | string, number>();
  const hostile = new Map<HostileName, number>();
  let resident = 0;
  const agent = new Agent({ keepAlive: true, maxSockets: goodAtOnce });
  await Promise.all([
    ...Array.from({ length: goodAtOnce }, () => repeat(over, () => sendGood(url, agent).then(add(good)))),
    ...hostileClients.flatMap(client =>
      Array.from({ length: hostileAtOnce }, () =>
        repeat(over, () =>
          client.attack(url, over).then(() => {
            add(hostile)(client.name);
          }),
        ),
      ),
    ),
    repeat(over, async () => {
      resident = Math.max(resident, residentKibibytes(child.pid));
      await sleep(100);
    }),
  ]);
  agent.destroy();
  child.kill('SIGTERM');
  const { exitCode, stdout, stderr } = await ended;
  const summary = reportsIn(stdout).find(({ type }) => type === 'summary');
  const counts = {
    ...Object.fromEntries(good),
    ...Object.fromEntries(hostile),
    residentMiB: Math.round(resident / 1024),
  };
  process.stdout.write(`${JSON.stringify({ ...counts, ...summary }, null, 2)}\n`);

  expect([...good.keys()]).toEqual([200]);
  expect([...hostile.keys()].sort()).toEqual(hostileClients.map(({ name }) => name).sort());
  expect(summary?.['accepted']).toBe(good.get(200));
  expect(resident).toBeLessThan(mostResident);
  expect({ exitCode, stderr }).toEqual({ exitCode: 143, stderr: '' });
});

async function repeat(over: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (!over.aborted) await work();
}

const add =
  <Name>(counts: Map<Name, number>) =>
  (name: Name): void => {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  };

/** The status, or what went wrong. */
async function sendGood(url: string, agent: Agent): Promise<number | string> {
  try {
    const client = request(url, { method: 'POST', agent, headers: signatureOf(approved) }).end(approved);
    const [response] = (await once(client, 'response')) as [IncomingMessage];
    await text(response);
    return response.statusCode ?? 0;
  } catch (error) {
    return String(error);
  }
}

function residentKibibytes(pid: number | undefined): number {
  const [, size = 'NaN'] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid ?? 0}/status`, 'utf8')) ?? [];
  return Number(size);
}
