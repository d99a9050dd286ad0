import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { InputError, systemCode, UsageError } from '../../errors.js';
import type { CustomerType } from '../../event/customer-status/statuses.js';
import { restOnlyStatus } from '../../event/customer-status/statuses.js';
import { readFixture } from '../../event/fixtures.js';
import type { Context } from '../command.js';
import { problemWords } from '../problem-words.js';
import { reshape } from './reshape.js';

/** What to send, as the flags name it. */
export interface SourceFlags {
  file: readonly string[];
  status?: readonly string[];
  fixture?: readonly string[];
  type?: CustomerType;
  customer?: string;
  seed?: number;
  now?: Date;
}

export interface Payload {
  /** Where it comes from, in words: `--status APPROVED`, a fixture's name, a path. */
  source: string;
  /** Reads or makes the bytes, when their turn comes. */
  body: () => Uint8Array | Promise<Uint8Array>;
}

type Surroundings = Pick<Context, 'cwd' | 'stdin' | 'packageRoot' | 'now' | 'entropy' | 'warn'>;

/** Finds out what to send, in order. Throws UsageError when nothing is named, or flags contradict each other. */
export async function selectPayloads(flags: SourceFlags, surroundings: Surroundings): Promise<Payload[]> {
  const { status = [], fixture = [], file } = flags;
  const sources = [status, fixture, file].filter(names => names.length > 0);
  if (sources.length === 0) {
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

async function generated(
  statuses: readonly string[],
  { type = 'INDIVIDUAL', customer, seed, now }: SourceFlags,
  surroundings: Surroundings,
): Promise<Payload[]> {
  if (statuses.includes(restOnlyStatus))
    surroundings.warn(`${restOnlyStatus} is a status of Fin's REST API; no page on its webhooks lists it`);
  const { generateCustomerStatus } = await import('../../event/customer-status/generate.js');
  const recipe = {
    statuses,
    type,
    customerId: customer,
    seed: seed ?? Buffer.from(surroundings.entropy(4)).readUInt32BE(),
    now: now ?? surroundings.now(),
  };
  return generateCustomerStatus(recipe).map((body, index) => ({
    source: `--status ${statuses[index] ?? ''}`,
    body: () => body,
  }));
}

async function fixtures(
  names: readonly string[],
  { type, customer, seed, now }: SourceFlags,
  { packageRoot }: Surroundings,
): Promise<Payload[]> {
  if (type !== undefined) {
    throw new UsageError('--type is for --status', {
      hint: 'a fixture has its type in its name: approved is an INDIVIDUAL, business-approved a BUSINESS',
    });
  }
  const bodies = await Promise.all(names.map(name => readFixture(name, packageRoot)));
  return bodies.map((body, index) => ({
    source: names[index] ?? '',
    body: () => reshape(body, { customer, seed, now }),
  }));
}

function files({ file: names, type, customer, seed, now }: SourceFlags, surroundings: Surroundings): Payload[] {
  const shaping = Object.entries({ type, customer, seed, now }).find(([, value]) => value !== undefined);
  if (shaping)
    throw new UsageError(`--${shaping[0]} doesn't apply to files`, {
      hint: 'the bytes of a file are sent as they are',
    });
  if (names.filter(name => name === '-').length > 1)
    throw new UsageError('standard input was named twice', { hint: 'it can be read once' });
  return names.map(name => {
    const source = name === '-' ? 'standard input' : name;
    return { source, body: async () => warnOfProblems(await readBody(name, surroundings), source, surroundings) };
  });
}

async function readBody(name: string, { cwd, stdin }: Surroundings): Promise<Uint8Array> {
  if (name === '-') return buffer(stdin());
  return readFile(path.resolve(cwd, name)).catch((cause: unknown) => {
    throw new InputError(`can't read ${name} (${systemCode(cause)})`, {
      cause,
      hint: 'is the path right, seen from this folder?',
    });
  });
}

async function warnOfProblems(body: Uint8Array, source: string, { warn }: Surroundings): Promise<Uint8Array> {
  const { inspect } = await import('../../event/inspect.js');
  const problem = inspect(body).problems.find(({ level }) => level === 'error');
  if (problem) warn(`${source} isn't a valid event, and is sent as it is: ${problemWords(problem)}`);
  return body;
}
