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

/** The built `listen --save`, once it accepts connections. */
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
  // From here on, any ending is fine.
  early.catch(() => undefined);
  return { ...built, url: (JSON.parse(line) as { url: string }).url };
}

const approvedEvent = JSON.parse(approved.toString()) as { event: object; data: object };

/** A different event for each pair of numbers, followed by `padding` blanks. */
export const eventOf = (round: number, number: number, padding = 0): { id: string; body: string } => {
  const id = `${hex(round, 8)}-0000-4000-8000-${hex(number, 12)}`;
  const event = { ...approvedEvent, event: { ...approvedEvent.event, id } };
  return { id, body: JSON.stringify(event) + ' '.repeat(padding) };
};

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');

/** The status of the response to a signed body. Rejects if the connection breaks first. */
export async function deliver(url: string, body: string, agent: Agent): Promise<number> {
  const client = request(url, { method: 'POST', agent, headers: signatureOf(body) }).end(body);
  const [response] = (await once(client, 'response')) as [IncomingMessage];
  const status = response.statusCode ?? 0;
  // The status is known, so the body doesn't matter.
  await text(response).catch(() => '');
  return status;
}

export interface ReadBack {
  /** How many times each event was recorded. */
  times: Map<string, number>;
  torn: number;
  /** The flaw of each record that isn't as it was written. */
  corrupt: string[];
}

/** Everything in a recording of events. */
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

/** The same for a file. */
export const readBackFile = (file: string): Promise<ReadBack> => readBack(createReadStream(file));

const add = (times: Map<string, number>, id: string): void => {
  times.set(id, (times.get(id) ?? 0) + 1);
};

const idIn = (body: Uint8Array): string =>
  (JSON.parse(Buffer.from(body).toString()) as { event: { id: string } }).event.id;
