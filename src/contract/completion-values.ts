import type { Environment } from '../ports.js';

/** A word that a shell can offer for a value. */
export interface Candidate {
  name: string;
  /** A clause. */
  meaning?: string | undefined;
}

/** What a shell can offer for a value. The value's parser carries it, so that no flag is described twice. */
export interface Offer {
  candidates?: Candidates;
  /** Several, separated by commas. */
  isList?: true;
  /** The flag may be given again. */
  isRepeatable?: true;
  /** A local file, like any value whose placeholder is `<file>` or `<folder>`. */
  isFile?: true;
  /** A candidate may be followed by = and a file. */
  hasFile?: true;
}

type Candidates =
  readonly Candidate[] | ((line: UnfinishedLine) => readonly Candidate[] | Promise<readonly Candidate[]>);

/** The command line typed so far, and its environment. */
export interface UnfinishedLine extends Pick<Environment, 'cwd' | 'packageRoot' | 'userId'> {
  /** The values of flags as typed, unchecked. */
  given: Readonly<Record<string, string>>;
}

type Parser<T> = (text: string, earlier?: T) => T;

/** Returns the same parser, with more to offer. */
export const offering = <T>(offer: Offer, parse: Parser<T>): Parser<T> =>
  Object.assign((text: string, earlier?: T) => parse(text, earlier), { offer: { ...offerOf(parse), ...offer } });

/** Returns a parser's offer. */
export const offerOf = (parse: object | undefined): Offer =>
  parse !== undefined && 'offer' in parse ? (parse.offer as Offer) : {};

export const repeatable = <T>(parse: Parser<T>): Parser<T> => offering({ isRepeatable: true }, parse);

export const named = (names: readonly string[]): Candidate[] => names.map(name => ({ name }));

/** The documented statuses of the event that the line names. */
export async function statuses({ given }: UnfinishedLine): Promise<Candidate[]> {
  const { catalogue, isEventName, usualEvent } = await import('../event/catalogue.js');
  const event = given['event']?.toLowerCase() ?? usualEvent;
  const documented = isEventName(event) ? catalogue[event].status.documented : [];
  return documented.map(({ name, meaning }) => ({ name, meaning }));
}

/** The fixtures that ship, and those in the folder that the configuration file in use names. */
export async function fixtures({ given, packageRoot, ...finder }: UnfinishedLine): Promise<Candidate[]> {
  const [{ findFixtures }, { fixturesFolder }] = await Promise.all([
    import('../event/fixtures.js'),
    import('../config/file/read.js'),
  ]);
  // A broken file, or a folder that isn't there, is reported by the command.
  const folder = await fixturesFolder(given, finder).catch(() => undefined);
  const found = await findFixtures({ packageRoot, folder }).catch(() => findFixtures({ packageRoot }));
  return named(found.map(({ name }) => name));
}

/** The cases and groups of `check`. */
export async function cases(): Promise<readonly Candidate[]> {
  const { names } = await import('../conformance/select.js');
  return names;
}

/** The schemes that ship, and those in the configuration file in use. */
export async function schemes({ given, ...finder }: UnfinishedLine): Promise<Candidate[]> {
  const [{ presetNames }, { schemeNames }] = await Promise.all([
    import('../scheme/presets/index.js'),
    import('../config/file/read.js'),
  ]);
  // A broken file is reported by the command.
  const own = await schemeNames(given, finder).catch(() => []);
  return named([...own, ...presetNames]);
}

/** The profiles in the configuration file in use. */
export async function profiles({ given, ...finder }: UnfinishedLine): Promise<Candidate[]> {
  const { profileNames } = await import('../config/file/read.js');
  return named(await profileNames(given['config'], finder));
}
