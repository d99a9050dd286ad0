import { createHash } from 'node:crypto';
import { closeSync, createReadStream, existsSync, openSync, renameSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { deliver, eventOf, readBack, startSaving, type Saving } from './saving.js';

export interface SharedFindings {
  acknowledged: number;
  /** Responses other than 200: an incomplete record isn't acknowledged. */
  refused: number;
  /** Acknowledged, but in no file that still exists. */
  lost: string[];
  /** More than once in the remaining files. */
  doubled: string[];
  torn: number;
  corrupt: string[];
  moves: number;
}

interface Sharing {
  rounds: number;
  seed?: number;
  /** Events sent to each listener in a round. */
  perListener?: number;
  /** A library to preload into the listeners, for example to make writes short. */
  preload?: string | undefined;
}

/** A deleted file that is held open so that its contents can still be read. */
interface Deleted {
  descriptor: number;
}

interface State {
  file: string;
  /** For each acknowledged event: how many files had been deleted when it was sent. */
  acknowledged: Map<string, number>;
  refused: number;
  renamed: string[];
  deleted: Deleted[];
}

const connections = 4;

/** Has two listeners record to one file at once, while it is deleted and renamed at random; `seed` chooses the moments. */
export async function sharedRounds({ rounds, seed = 1, perListener = 150, preload }: Sharing): Promise<SharedFindings> {
  const file = path.join(temporaryFolder(), 'captured.ndjson');
  const state: State = { file, acknowledged: new Map(), refused: 0, renamed: [], deleted: [] };
  const environment = preload === undefined ? {} : { LD_PRELOAD: preload, SHORT_WRITES: '10' };
  const listeners = await Promise.all([0, 1].map(() => startSaving(file, { environment })));
  for (let round = 0; round < rounds; round += 1) {
    const moments = momentsOf(`${seed} ${round}`, perListener);
    await Promise.all(
      listeners.map((listener, index) =>
        flood(listener, { number: round * listeners.length + index, perListener, moments: index === 0 ? moments : [], state }),
      ),
    );
  } // prettier-ignore
  for (const { child, ended } of listeners) {
    child.kill('SIGTERM');
    await ended;
  }
  return findingsOf(state);
}

interface Flood {
  number: number;
  perListener: number;
  /** The number of responses after which the file is moved, in order. */
  moments: readonly number[];
  state: State;
}

async function flood({ url }: Saving, { number, perListener, moments, state }: Flood): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let [sent, answered] = [0, 0];
  const send = async () => {
    while (sent < perListener) {
      const { id, body } = eventOf(number, (sent += 1), sent % 25 === 0 ? 200_000 : 0);
      const deletedBefore = state.deleted.length;
      const status = await deliver(url, body, agent);
      if (status === 200) state.acknowledged.set(id, deletedBefore);
      else state.refused += 1;
      answered += 1;
      if (moments.includes(answered)) move(state, answered);
    }
  };
  await Promise.all(Array.from({ length: connections }, send));
  agent.destroy();
}

/** Deletes or renames the recording, like a user or a log rotation program. */
function move(state: State, answered: number): void {
  const { file, renamed, deleted } = state;
  if (!existsSync(file)) return;
  if (answered % 2 === 0) {
    const other = `${file}.${renamed.length}`;
    renameSync(file, other);
    renamed.push(other);
    return;
  }
  const descriptor = openSync(file, 'r');
  onTestFinished(() => {
    closeSync(descriptor);
  });
  rmSync(file);
  deleted.push({ descriptor });
}

async function findingsOf({ file, acknowledged, refused, renamed, deleted }: State): Promise<SharedFindings> {
  const left = await readBack(...[file, ...renamed].filter(existsSync).map(name => createReadStream(name)));
  const gone = await Promise.all(
    deleted.map(({ descriptor }) => readBack(createReadStream('', { fd: descriptor, autoClose: false, start: 0 }))),
  );
  // Events sent before a file was deleted may be in it, so the user deleted them, too.
  const isFound = (id: string, deletedBefore: number): boolean =>
    left.times.has(id) || gone.some(({ times }, index) => index >= deletedBefore && times.has(id));
  return {
    acknowledged: acknowledged.size,
    refused,
    lost: [...acknowledged].filter(([id, before]) => !isFound(id, before)).map(([id]) => id),
    doubled: [...left.times].filter(([, count]) => count > 1).map(([id]) => id),
    torn: left.torn,
    corrupt: left.corrupt,
    moves: renamed.length + deleted.length,
  };
}

function momentsOf(seed: string, most: number): number[] {
  const chance = createHash('sha256').update(seed).digest();
  return [0, 2, 4].map(position => 1 + (chance.readUInt16BE(position) % most));
}
