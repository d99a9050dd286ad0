import { InputError, namingSource, UnknownNameError, UsageError } from '../../errors.js';
import {
  customerStatuses,
  customerStatusNames,
  restOnlyStatus,
  type CustomerType,
} from '../../event/customer-status/statuses.js';
import { readFixture } from '../../event/fixtures.js';
import type { Problem } from '../../event/problem.js';
import { reshape, type Shape } from '../../event/reshape.js';
import { timeOf } from '../../event/timestamp.js';
import { readBody } from '../body.js';
import type { Ask } from '../ask.js';
import type { Context } from '../command.js';
import { problemWords } from '../problem-words.js';

/** What to send, as the flags name it. */
export interface SourceFlags extends Pick<Shape, 'customer' | 'now' | 'set' | 'unset'> {
  seed?: number;
  file: readonly string[];
  status?: readonly string[];
  fixture?: readonly string[];
  type?: CustomerType;
  allowUnknown?: boolean;
  invalid?: boolean;
  edit?: boolean;
}

export interface Payload {
  /** Where it comes from, in words: `--status APPROVED`, a fixture's name, a path. */
  source: string;
  /** Reads or makes the bytes, when their turn comes. */
  body: () => Uint8Array | Promise<Uint8Array>;
}

type Surroundings = Pick<Context, 'cwd' | 'readStdin' | 'packageRoot' | 'now' | 'entropy' | 'warn' | 'ask'>;

/** Finds out what to send, in order. Throws UsageError when nothing is named, or flags contradict each other. */
export async function selectPayloads(flags: SourceFlags, surroundings: Surroundings): Promise<Payload[]> {
  const { status = [], fixture = [], file } = flags;
  const sources = [status, fixture, file].filter(names => names.length > 0);
  if (sources.length === 0) {
    if (surroundings.ask) return generated([await askStatus(surroundings.ask)], flags, surroundings);
    throw new UsageError('nothing to send', {
      hint: 'name a status (--status APPROVED), a fixture (--fixture approved), a file, or - for standard input',
    });
  }
  if (sources.length > 1)
    throw new UsageError('--status, --fixture and files were given together', { hint: 'send one kind at a time' });
  if (status.length > 0) return generated(status, flags, surroundings);
  if (fixture.length > 0) return fixtures(fixture, flags, surroundings);
  return files(flags, surroundings);
}

/** Lets a person change each of them, before the first is sent. */
export async function editPayloads(
  payloads: readonly Payload[],
  { invalid }: Pick<SourceFlags, 'invalid'>,
  surroundings: Pick<Context, 'env' | 'warn' | 'signal'>,
): Promise<Payload[]> {
  const { edited } = await import('./edit.js');
  const results: Payload[] = [];
  for (const { source, body } of payloads) {
    const result = await edited(await body(), surroundings);
    if (!invalid) await refuseInvalid(result);
    results.push({ source, body: () => result });
  }
  return results;
}

const askStatus = (ask: Ask): Promise<string> =>
  ask.select({
    message: 'Which status?',
    choices: customerStatuses.map(({ name, meaning }) => ({
      value: name,
      name: `${name.padEnd(28)}  ${meaning}`,
      short: name,
    })),
  });

async function generated(
  statuses: readonly string[],
  flags: SourceFlags,
  surroundings: Surroundings,
): Promise<Payload[]> {
  const { type = 'INDIVIDUAL', customer, seed, now, set, unset } = flags;
  const names = statuses.map(status =>
    flags.allowUnknown ? (knownStatus(status) ?? status) : documentedStatus(status),
  );
  if (names.includes(restOnlyStatus)) {
    surroundings.warn(`${restOnlyStatus} is a status of Fin's REST API; no page on its webhooks lists it`);
  }
  const { generateCustomerStatus } = await import('../../event/customer-status/generate.js');
  const bodies = generateCustomerStatus({
    ...{ statuses: names, type, customerId: customer },
    seed: seed ?? Buffer.from(surroundings.entropy(4)).readUInt32BE(),
    now: now ?? surroundings.now(),
  });
  return bodies.map((body, index) => ({
    source: `--status ${names[index] ?? ''}`,
    body: () => shaped(body, { set, unset }, flags),
  }));
}

const knownStatus = (text: string): string | undefined =>
  customerStatusNames.find(name => name.toLowerCase() === text.toLowerCase());

function documentedStatus(text: string): string {
  const name = knownStatus(text);
  if (name !== undefined) return name;
  const hint = `documented are ${customerStatusNames.join(', ')}; --allow-unknown sends another one`;
  throw new UnknownNameError('status', text, { known: customerStatusNames, hint });
}

async function fixtures(
  names: readonly string[],
  flags: SourceFlags,
  { packageRoot }: Surroundings,
): Promise<Payload[]> {
  if (flags.type !== undefined) {
    throw new UsageError('--type is for --status', {
      hint: 'a fixture has its type in its name: approved is an INDIVIDUAL, business-approved a BUSINESS',
    });
  }
  const bodies = await Promise.all(names.map(name => readFixture(name, packageRoot)));
  const { customer, seed, now, set, unset } = flags;
  return bodies.map((body, index) => {
    const shape = {
      ...{ customer, set, unset },
      seed: seed === undefined ? undefined : `${seed} ${index}`,
      now: now && timeOf(now, index),
    };
    return { source: names[index] ?? '', body: () => shaped(body, shape, flags) };
  });
}

/** An event as the user wants it; one that fits no schema only if that is wanted. */
async function shaped(body: Uint8Array, shape: Shape, { invalid }: SourceFlags): Promise<Uint8Array> {
  const result = namingSource('--set', () => reshape(body, shape));
  // What nobody touched is valid by its making.
  if (result !== body && !invalid) await refuseInvalid(result);
  return result;
}

async function refuseInvalid(body: Uint8Array): Promise<void> {
  const problem = await firstError(body);
  if (!problem) return;
  throw new InputError(`the payload isn't a valid event: ${problemWords(problem)}`, {
    hint: 'add --invalid to send it all the same',
  });
}

/** Flags that change a payload; the bytes of a file are never changed. */
const shapingFlags = ['type', 'customer', 'seed', 'now', 'set', 'unset', 'invalid', 'allowUnknown', 'edit'] as const;

function files(flags: SourceFlags, surroundings: Surroundings): Payload[] {
  const shaping = shapingFlags.find(name => flags[name] !== undefined);
  if (shaping) {
    const flag = shaping.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
    throw new UsageError(`--${flag} doesn't apply to files`, { hint: 'the bytes of a file are sent as they are' });
  }
  if (flags.file.filter(name => name === '-').length > 1) {
    throw new UsageError('standard input was named twice', { hint: 'it can be read once' });
  }
  return flags.file.map(name => {
    const source = name === '-' ? 'standard input' : name;
    return { source, body: async () => warnOfProblems(await readBody(name, surroundings), source, surroundings) };
  });
}

async function warnOfProblems(body: Uint8Array, source: string, { warn }: Surroundings): Promise<Uint8Array> {
  const problem = await firstError(body);
  if (problem) warn(`${source} isn't a valid event, and is sent as it is: ${problemWords(problem)}`);
  return body;
}

async function firstError(body: Uint8Array): Promise<Problem | undefined> {
  const { inspect } = await import('../../event/inspect.js');
  return inspect(body).problems.find(({ level }) => level === 'error');
}
