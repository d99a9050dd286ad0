import type { Configuration } from '../../config/configuration.js';
import { UsageError } from '../../errors.js';
import { isEventName } from '../../event/catalogue.js';
import { customerStatuses } from '../../event/customer-status/statuses.js';
import { jsonIn } from '../../json/parse.js';
import { generateCourse } from '../../event/maker.js';
import { customerPlaces } from '../../event/reshape.js';
import { createSeries, stepAcross } from '../../event/series.js';
import { summariseBody } from '../../event/summary.js';
import { timeOf } from '../../event/timestamp.js';
import { readBody } from '../input/files.js';
import { inputsOf } from '../input/inputs.js';
import type { Ask } from '../../ports.js';
import { shellWord } from '../../text/shell.js';
import type { Scheme } from '../../scheme/scheme.js';
import { hasCatalogue } from '../../scheme/schemes.js';
import type { Ports } from '../../contract/command.js';
import { isSample, refuseCatalogueFlags, samplePayload } from './sample.js';
import { courseOf, refuseForeignFlags, refuseUnknownWalk } from '../payload/course.js';
import { fixtureBody } from '../payload/fixture.js';
import type { CourseFlags, ShapeFlags } from '../payload/flags.js';
import { firstError, shaped } from '../payload/shaped.js';
import { warnOfUnknownPaths } from '../payload/warn-paths.js';
import { problemWords } from '../../event/problem-words.js';

/** The flags that select what to send. */
export interface SourceFlags extends CourseFlags, ShapeFlags {
  file: readonly string[];
  fixture?: readonly string[];
  edit?: boolean;
  /** How many times to send all of it. */
  count?: number;
}

export interface Payload {
  /** Where it comes from: `--status APPROVED`, a fixture's name, a path. */
  source: string;
  /** Reads or makes the bytes when needed. `round` starts at 0; each round has its own events. */
  body: (round: number) => Uint8Array | Promise<Uint8Array>;
}

/** Selects what to send, in order. Throws UsageError if nothing is named and there is no terminal to ask on. */
export async function selectPayloads(
  flags: SourceFlags,
  scheme: Scheme,
  ports: Ports & { configuration: Configuration },
): Promise<Payload[]> {
  if (!hasCatalogue(scheme)) return foreignPayloads(flags, scheme, ports);
  const { status, event, walk, fixture = [], file } = flags;
  if (status !== undefined || event !== undefined || walk) return generated(flags, ports);
  if (fixture.length > 0) return fixtures(fixture, flags, ports);
  if (file.length > 0) return files(flags, ports, { isChecked: true });
  const { ask } = ports.reporting;
  if (ask) return generated({ ...flags, status: [await askStatus(ask)] }, ports);
  throw new UsageError('nothing to send', {
    hint: 'pass a status (--status APPROVED), a fixture (--fixture approved), a file, or - for standard input',
  });
}

/** Selects bodies in another sender's format, which are neither checked nor changed. */
async function foreignPayloads(
  flags: SourceFlags,
  scheme: Scheme,
  ports: Pick<Ports, 'environment' | 'reporting' | 'clock'>,
): Promise<Payload[]> {
  refuseCatalogueFlags(flags, scheme);
  return isSample(flags, scheme) ? [samplePayload(scheme, ports.clock)] : files(flags, ports, { isChecked: false });
}

/** Lets the user edit each payload before the first is sent. */
export async function editPayloads(
  payloads: readonly Payload[],
  flags: Pick<SourceFlags, 'invalid' | 'customer' | 'set'>,
  ports: Pick<Ports, 'environment' | 'reporting'>,
): Promise<Payload[]> {
  const { edited } = await import('./edit.js');
  const findProblem = async (body: Uint8Array): Promise<string | undefined> => {
    const problem = flags.invalid ? undefined : await firstError(body);
    return problem && problemWords(problem);
  };
  const bodies = await Promise.all(payloads.map(async ({ body }) => body(0)));
  const results = await edited(bodies, findProblem, ports);
  const step = stepAcross(results);
  return results.map((result, index) => ({
    source: payloads[index]?.source ?? '',
    body: inRounds(() => Promise.resolve(result), flags, step),
  }));
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

async function generated(flags: SourceFlags, ports: Pick<Ports, 'reporting' | 'clock'>): Promise<Payload[]> {
  const { set, unset, walk } = flags;
  const recipe = courseOf(flags, ports);
  await warnOfUnknownPaths({ flag: '--set', paths: pathsOf(set), events: [recipe.event] }, ports);
  if (walk) refuseUnknownWalk(recipe.event);
  const { statuses, bodies } = await generateCourse(recipe, { isWalk: walk === true });
  const step = stepAcross(bodies);
  return bodies.map((body, index) => ({
    source:
      flags.status || walk ? `${walk ? '--walk' : '--status'} ${statuses[index] ?? ''}` : `--event ${recipe.event}`,
    body: inRounds(() => shaped(body, { set, unset }, flags), flags, step),
  }));
}

async function fixtures(
  names: readonly string[],
  flags: SourceFlags,
  ports: Pick<Ports, 'environment' | 'reporting'> & { configuration: Configuration },
): Promise<Payload[]> {
  const { customer, seed, now, set, unset } = flags;
  const bodies = await Promise.all(names.map(name => fixtureBody(name, ports, hintToFile(name))));
  const events = bodies.map(body => summariseBody(body).type).filter(isEventName);
  for (const event of events) refuseForeignFlags(event, { customer });
  await warnOfUnknownPaths({ flag: '--set', paths: pathsOf(set), events: [...new Set(events)] }, ports);
  const step = stepAcross(bodies);
  return bodies.map((body, index) => {
    const shape = {
      customer,
      set,
      unset,
      seed: seed === undefined ? undefined : `${seed} ${index}`,
      now: now && timeOf(now, index),
    };
    return { source: names[index] ?? '', body: inRounds(() => shaped(body, shape, flags), flags, step) };
  });
}

const pathsOf = (set: SourceFlags['set'] = []) => set.map(({ path }) => path);

/** Returns the same event for each round, with new ids and a new time. Values set by the user stay. */
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
  // Once the series is made, use it synchronously, because that matters under load.
  return round => series?.(round) ?? first().then(made => made(round));
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

async function files(
  flags: SourceFlags,
  ports: Pick<Ports, 'environment' | 'reporting'>,
  { isChecked }: { isChecked: boolean },
): Promise<Payload[]> {
  const names = await inputsOf(flags.file, { cwd: ports.environment.cwd, extensions: ['json'] });
  return names.map(name => {
    const source = name === '-' ? 'standard input' : name;
    const read = async () => {
      const body = await readBody(name, ports, elsewhere(name));
      return isChecked ? warnOfProblems(body, source, ports) : body;
    };
    // Don't keep a file in memory that is sent only once.
    return { source, body: (flags.count ?? 1) > 1 ? once(read) : read };
  });
}

/** Returns a hint for a file that was given as a fixture. */
const hintToFile = (name: string): string | undefined =>
  /[/\\]|\.json$/i.test(name) ? `to send a file, leave out --fixture: webhook-cli send ${shellWord(name)}` : undefined;

/** Returns a hint for a status or a fixture that was given as an argument. */
function elsewhere(name: string): string | undefined {
  if (/^[A-Z][A-Z_]+$/.test(name)) return `to send an event with this status: --status ${name}`;
  return /^[a-z][a-z-]+$/.test(name) ? `to send this fixture: --fixture ${name}` : undefined;
}

async function warnOfProblems(
  body: Uint8Array,
  source: string,
  { reporting }: Pick<Ports, 'reporting'>,
): Promise<Uint8Array> {
  const problem = await firstError(body);
  if (problem) reporting.warn(`${source} isn't a valid event, but is sent unchanged: ${problemWords(problem)}`);
  return body;
}
