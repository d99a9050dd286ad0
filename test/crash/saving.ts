import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { request, type Agent, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { entriesFrom } from '../support/recording.js';
import { approved, env, signatureOf } from '../support/listening.js';
import { startBuilt, type BuiltProcess } from '../support/process.js';

export interface Saving extends BuiltProcess {
  url: string;
}

/** The built `listen --save`, as soon as it accepts connections. */
export async function startSaving(
  file: string,
  { flags = [], environment = {} }: { flags?: readonly string[]; environment?: NodeJS.ProcessEnv } = {},
): Promise<Saving> {
  const built = startBuilt(['listen', '--port', '0', '--json', '--save', file, ...flags], {
    env: { ...env, ...environment },
  });
  const ready = once(createInterface({ input: built.child.stdout! }), 'line') as Promise<[string]>;
  const early = built.ended.then(({ stderr }): never => {
    throw new Error(`it ended before it listened: ${stderr}`);
  });
  const [line] = await Promise.race([ready, early]);
  // From here on it may end as it likes.
  early.catch(() => undefined);
  return { ...built, url: (JSON.parse(line) as { url: string }).url };
}

const approvedEvent = JSON.parse(approved.toString()) as { event: object; data: object };

/** An event of its own for every pair of numbers, with `padding` blanks behind it. */
export const eventOf = (round: number, number: number, padding = 0): { id: string; body: string } => {
  const id = `${hex(round, 8)}-0000-4000-8000-${hex(number, 12)}`;
  const event = { ...approvedEvent, event: { ...approvedEvent.event, id } };
  return { id, body: JSON.stringify(event) + ' '.repeat(padding) };
};

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');

/** The status of the answer to a signed body. Rejects when the connection breaks before. */
export async function deliver(url: string, body: string, agent: Agent): Promise<number> {
  const client = request(url, { method: 'POST', agent, headers: signatureOf(body) }).end(body);
  const [response] = (await once(client, 'response')) as [IncomingMessage];
  const status = response.statusCode ?? 0;
  // The answer is given: what becomes of its words doesn't matter.
  await text(response).catch(() => '');
  return status;
}

export interface ReadBack {
  /** How often each event was recorded. */
  times: Map<string, number>;
  torn: number;
  /** Why, of each record that isn't what was written. */
  corrupt: string[];
}

/** All that recordings of events hold. */
export async function readBack(...recordings: readonly AsyncIterable<Buffer>[]): Promise<ReadBack> {
  const found: ReadBack = { times: new Map(), torn: 0, corrupt: [] };
  for (const recording of recordings) {
    for await (const entry of entriesFrom(recording)) {
      if (entry.kind === 'torn') found.torn += 1;
      else if (entry.kind === 'corrupt') found.corrupt.push(entry.reason);
      else if (entry.request.fidelity === 'exact') add(found.times, idIn(entry.request.body));
    }
  }
  return found;
}

/** The same, of a file. */
export const readBackFile = (file: string): Promise<ReadBack> => readBack(createReadStream(file));

const add = (times: Map<string, number>, id: string): void => {
  times.set(id, (times.get(id) ?? 0) + 1);
};

const idIn = (body: Uint8Array): string =>
  (JSON.parse(Buffer.from(body).toString()) as { event: { id: string } }).event.id;
