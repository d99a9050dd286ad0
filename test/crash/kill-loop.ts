import { createHash } from 'node:crypto';
import { Agent } from 'node:http';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { temporaryFolder } from '../support/folder.js';
import { deliver, eventOf, readBackFile, startSaving, type ReadBack, type Saving } from './saving.js';

export interface KillFindings extends Pick<ReadBack, 'torn' | 'corrupt'> {
  rounds: number;
  /** Events that were sent, with or without a response. */
  sent: number;
  acknowledged: number;
  recorded: number;
  /** Acknowledged, but not in the recording. */
  lost: string[];
  /** In the recording more than once, although sent once. */
  doubled: string[];
  /** Responses other than 200. */
  refused: number;
}

interface Tally {
  sent: number;
  acknowledged: Set<string>;
  refused: number;
}

const connections = 4;
/** A kill ends a round earlier; this limit is for a listener that can't be killed. */
const mostInARound = 2000;

/** Starts, floods and kills `listen --save` this many times, on one file; the same `seed` gives the same moments. */
export async function killRounds(rounds: number, seed = 1): Promise<KillFindings> {
  const file = path.join(temporaryFolder(), 'captured.ndjson');
  const tally: Tally = { sent: 0, acknowledged: new Set(), refused: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const saving = await startSaving(file);
    await floodAndKill(saving, { round, seed, tally });
    const { signal } = await saving.ended;
    if (signal !== 'SIGKILL') throw new Error(`round ${round} ended by itself`);
  }
  const { times, torn, corrupt } = await readBackFile(file);
  return {
    rounds,
    sent: tally.sent,
    acknowledged: tally.acknowledged.size,
    recorded: times.size,
    lost: [...tally.acknowledged].filter(id => !times.has(id)),
    doubled: [...times].filter(([, count]) => count > 1).map(([id]) => id),
    refused: tally.refused,
    torn,
    corrupt,
  };
}

async function floodAndKill(
  { url, child }: Saving,
  { round, seed, tally }: { round: number; seed: number; tally: Tally },
): Promise<void> {
  const { answers, turns, padding } = momentOf(seed, round);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let [number, answered, isKilled] = [0, 0, false];
  const kill = async () => {
    for (let turn = 0; turn < turns; turn += 1) await nextTurn();
    isKilled = child.kill('SIGKILL');
  };
  let killing: Promise<void> | undefined;
  const flood = async () => {
    while (!isKilled && number < mostInARound) {
      const { id, body } = eventOf(round, (number += 1), number % 16 === 0 ? padding : 0);
      tally.sent += 1;
      // From here, a kill looks like a broken connection.
      const status = await deliver(url, body, agent).catch(() => undefined);
      if (status === undefined) return;
      if (status === 200) tally.acknowledged.add(id);
      else tally.refused += 1;
      answered += 1;
      if (answered >= answers) killing ??= kill();
    }
  };
  await Promise.all(Array.from({ length: connections }, flood));
  await (killing ?? kill());
  agent.destroy();
}

/** A random moment: a number of responses after the start, a number of turns of the event loop later, among bodies of any size. */
function momentOf(seed: number, round: number): { answers: number; turns: number; padding: number } {
  const chance = createHash('sha256').update(`${seed} ${round}`).digest();
  return {
    answers: 1 + (chance.readUInt16BE(0) % 120),
    turns: chance.readUInt16BE(2) % 40,
    padding: chance.readUInt32BE(4) % 200_000,
  };
}
