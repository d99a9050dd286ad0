import { UsageError } from '../../errors.js';
import { isEventName } from '../../event/catalogue.js';
import { customerStatuses } from '../../event/customer-status/statuses.js';
import { readFixture } from '../../event/fixtures.js';
import { jsonIn } from '../../json/parse.js';
import { customerPlaces } from '../../event/reshape.js';
import { createSeries, stepAcross } from '../../event/series.js';
import { summariseBody } from '../../event/summary.js';
import { timeOf } from '../../event/timestamp.js';
import { readBody } from '../input/files.js';
import type { Ask } from '../../ports.js';
import type { Context } from '../command.js';
import { courseOf, refuseForeignFlags } from '../payload/course.js';
import type { CourseFlags, ShapeFlags } from '../payload/flags.js';
import { firstError, refuseInvalid, shaped } from '../payload/shaped.js';
import { problemWords } from '../problem-words.js';

/** What to send, as the flags name it. */
export interface SourceFlags extends CourseFlags, ShapeFlags {
  file: readonly string[];
  fixture?: readonly string[];
  edit?: boolean;
  /** How often all of it is sent. */
  count?: number;
}

export interface Payload {
  /** Where it comes from, in words: `--status APPROVED`, a fixture's name, a path. */
  source: string;
  /** Reads or makes the bytes, when their turn comes; `round` is 0 for the first time, and events differ by it. */
  body: (round: number) => Uint8Array | Promise<Uint8Array>;
}

type Surroundings = Pick<Context, 'environment' | 'clock' | 'reporting' | 'packageRoot' | 'warn' | 'ask'>;

/** Finds out what to send, in order. Throws UsageError when nothing is named, or flags contradict each other. */
export async function selectPayloads(flags: SourceFlags, surroundings: Surroundings): Promise<Payload[]> {
  const { status, event, fixture = [] } = flags;
  const isGenerated = status !== undefined || event !== undefined;
  const sources = sourcesIn(flags);
  if (sources.length === 0) {
    if (surroundings.ask) return generated({ ...flags, status: [await askStatus(surroundings.ask)] }, surroundings);
    throw new UsageError('nothing to send', {
      hint: 'name a status (--status APPROVED), a fixture (--fixture approved), a file, or - for standard input',
    });
  }
  if (sources.length > 1)
    throw new UsageError(`${sources.slice(0, -1).join(', ')} and ${sources.at(-1) ?? ''} were given together`, {
      hint: 'send one kind at a time',
    });
  if (isGenerated) return generated(flags, surroundings);
  if (fixture.length > 0) return fixtures(fixture, flags, surroundings);
  return files(flags, surroundings);
}

const sourcesIn = ({ status, event, fixture = [], file }: SourceFlags): string[] =>
  [
    { isGiven: status !== undefined, name: '--status' },
    { isGiven: event !== undefined && status === undefined, name: '--event' },
    { isGiven: fixture.length > 0, name: '--fixture' },
    { isGiven: file.length > 0, name: file.length > 1 ? 'files' : 'a file' },
  ].flatMap(({ isGiven, name }) => (isGiven ? [name] : []));

/** Lets a person change each of them, before the first is sent. */
export async function editPayloads(
  payloads: readonly Payload[],
  flags: Pick<SourceFlags, 'invalid' | 'customer' | 'set'>,
  surroundings: Pick<Context, 'env' | 'warn' | 'signal'>,
): Promise<Payload[]> {
  const { edited } = await import('./edit.js');
  const results: { source: string; result: Uint8Array }[] = [];
  for (const { source, body } of payloads) {
    const result = await edited(await body(0), surroundings);
    if (!flags.invalid) await refuseInvalid(result);
    results.push({ source, result });
  }
  const step = stepAcross(results.map(({ result }) => result));
  return results.map(({ source, result }) => ({ source, body: inRounds(() => Promise.resolve(result), flags, step) }));
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

async function generated(flags: SourceFlags, surroundings: Surroundings): Promise<Payload[]> {
  const { set, unset } = flags;
  const recipe = courseOf(flags, surroundings);
  const { generateEvents } = await import('../../event/generate.js');
  const bodies = generateEvents(recipe);
  const step = stepAcross(bodies);
  return bodies.map((body, index) => ({
    source: flags.status ? `--status ${recipe.statuses[index] ?? ''}` : `--event ${recipe.event}`,
    body: inRounds(() => shaped(body, { set, unset }, flags), flags, step),
  }));
}

async function fixtures(
  names: readonly string[],
  flags: SourceFlags,
  { packageRoot }: Surroundings,
): Promise<Payload[]> {
  const { type, customer, seed, now, set, unset } = flags;
  if (type !== undefined) {
    throw new UsageError('--type is for --status', {
      hint: 'a fixture has its type in its name: approved is an INDIVIDUAL, business-approved a BUSINESS',
    });
  }
  const bodies = await Promise.all(names.map(name => readFixture(name, packageRoot)));
  for (const event of bodies.map(body => summariseBody(body).type)) {
    if (isEventName(event)) refuseForeignFlags(event, { customer });
  }
  const step = stepAcross(bodies);
  return bodies.map((body, index) => {
    const shape = {
      ...{ customer, set, unset },
      seed: seed === undefined ? undefined : `${seed} ${index}`,
      now: now && timeOf(now, index),
    };
    return { source: names[index] ?? '', body: inRounds(() => shaped(body, shape, flags), flags, step) };
  });
}

/** The same event each time, but with ids and a time of its own; what the user has set stays. */
function inRounds(
  make: () => Promise<Uint8Array>,
  { customer, set = [] }: Pick<SourceFlags, 'customer' | 'set'>,
  step: number,
): Payload['body'] {
  let series: Awaited<ReturnType<typeof createSeries>> | undefined;
  const first = once(async () => {
    const body = await make();
    const fixed = [...(customer === undefined ? [] : customerPlaces(jsonIn(body))), ...set.map(({ path }) => path)];
    return (series = await createSeries(body, { fixed, step }));
  });
  // Once it is there, nobody waits: under load, that counts.
  return round => series?.(round) ?? first().then(made => made(round));
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Flags that change a payload; the bytes of a file are never changed. */
const shapingFlags = ['type', 'customer', 'seed', 'now', 'set', 'unset', 'invalid', 'allowUnknown', 'edit'] as const;

function files(flags: SourceFlags, surroundings: Surroundings): Payload[] {
  const shaping = shapingFlags.find(name => flags[name] !== undefined);
  if (shaping) {
    const flag = shaping.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
    throw new UsageError(`--${flag} doesn't apply to files`, {
      hint: 'the bytes of a file are sent as they are; --status and --fixture make events that can be changed',
    });
  }
  if (flags.file.filter(name => name === '-').length > 1) {
    throw new UsageError('standard input was named twice', { hint: 'it can be read once' });
  }
  return flags.file.map(name => {
    const source = name === '-' ? 'standard input' : name;
    const read = async () => warnOfProblems(await readBody(name, surroundings, elsewhere(name)), source, surroundings);
    // What is sent once needn't be kept.
    return { source, body: (flags.count ?? 1) > 1 ? once(read) : read };
  });
}

/** A status or a fixture that was taken for an argument. */
function elsewhere(name: string): string | undefined {
  if (/^[A-Z][A-Z_]+$/.test(name)) return `an event of a status is sent with --status ${name}`;
  return /^[a-z][a-z-]+$/.test(name) ? `a fixture is sent with --fixture ${name}` : undefined;
}

async function warnOfProblems(body: Uint8Array, source: string, { warn }: Surroundings): Promise<Uint8Array> {
  const problem = await firstError(body);
  if (problem) warn(`${source} isn't a valid event, and is sent as it is: ${problemWords(problem)}`);
  return body;
}
