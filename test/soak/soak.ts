import { once, setMaxListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { reportsIn } from '../support/cli.js';
import { approved, env, signatureOf } from '../support/listening.js';
import { startBuilt } from '../support/process.js';
import { attackOnce, attacks, type Attack } from './attacks.js';
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

const pairs = 7;
const phase = 2000;
const leastShare = 0.9;

/** The number of good requests per second during `attack`, if given. */
async function rateUnder(url: string, agent: Agent, attack?: Attack): Promise<number> {
  const over = AbortSignal.timeout(phase);
  setMaxListeners(0, over);
  const good = new Map<number | string, number>();
  const begin = performance.now();
  const attackers = Array.from({ length: attack?.clients ?? 0 }, () =>
    repeat(over, async () => {
      await attackOnce(url, attack!, over);
      await sleep(attack!.pause, undefined, { signal: over }).catch(() => undefined);
    }),
  );
  await Promise.all(Array.from({ length: goodAtOnce }, () => repeat(over, () => sendGood(url, agent).then(add(good)))));
  const seconds = (performance.now() - begin) / 1000;
  await Promise.all(attackers);
  expect([...good.keys()]).toEqual([200]);
  return (good.get(200) ?? 0) / seconds;
}

/** An application that never responds to requests for `/hang`. */
async function startApplication(): Promise<string> {
  const server = createServer((message, response) => {
    message.resume();
    if (message.url !== '/hang') response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test.each(attacks)('good requests keep nine tenths of their rate during $name', async attack => {
  const flags = attack.isForwarded ? ['--forward-to', await startApplication()] : [];
  const { child, ended } = startBuilt(['listen', '--port', '0', '--json', ...flags], { env });
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  const agent = new Agent({ keepAlive: true, maxSockets: goodAtOnce });
  await rateUnder(url, agent);
  const shares: number[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const without = await rateUnder(url, agent);
    shares.push((await rateUnder(url, agent, attack)) / without);
  }
  agent.destroy();
  const residentMiB = Math.round(residentKibibytes(child.pid, 'VmHWM') / 1024);
  const begin = performance.now();
  child.kill('SIGTERM');
  const { exitCode, stderr } = await ended;
  const end = Math.round(performance.now() - begin);
  const share = shares.toSorted((a, b) => a - b)[Math.floor(pairs / 2)] ?? 0;
  process.stdout.write(`${JSON.stringify({ attack: attack.name, share, shares, residentMiB, end })}\n`);
  expect(share).toBeGreaterThanOrEqual(leastShare);
  expect(residentMiB * 1024).toBeLessThan(mostResident);
  // The grace period of 5 s, plus a moment for the process.
  expect(end).toBeLessThan(6000);
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

/** The status, or the error. */
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

function residentKibibytes(pid: number | undefined, what: 'VmRSS' | 'VmHWM' = 'VmRSS'): number {
  const status = readFileSync(`/proc/${pid ?? 0}/status`, 'utf8');
  const [, size = 'NaN'] = new RegExp(`^${what}:\\s+(\\d+) kB$`, 'm').exec(status) ?? [];
  return Number(size);
}
