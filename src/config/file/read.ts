import { existsSync, lstatSync, readlinkSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../../errors.js';
import { readText, resolvePath, shownPath } from '../../file/small-file.js';
import type { Environment } from '../../ports.js';

export const fileName = 'webhook-cli.config.json';

/** The folder to search from, and the user whose files are trusted. */
export type Finder = Pick<Environment, 'cwd' | 'userId'> & Partial<Pick<Environment, 'signal'>>;

/**
 * The names of the profiles in the configuration file, even if it has mistakes. Doesn't read a pipe, which can be read
 * only once. Throws UsageError, and SyntaxError if the file isn't JSON.
 */
export async function profileNames(flag: string | undefined, finder: Finder): Promise<string[]> {
  const found = await readConfigFile(flag, { ...finder, isTrusted: false });
  const { profiles } = JSON.parse(found?.text ?? '{}') as { profiles?: unknown };
  return typeof profiles === 'object' && profiles !== null ? Object.keys(profiles) : [];
}

interface UncheckedLevel {
  fixtures?: unknown;
  schemes?: unknown;
}

interface GivenFlags {
  config?: string | undefined;
  profile?: string | undefined;
}

/** The folder of fixtures in the configuration file, even if it has mistakes. Throws like `profileNames`. */
export async function fixturesFolder(flags: GivenFlags, finder: Finder): Promise<string | undefined> {
  const { folder, profile, base } = await uncheckedLevels(flags, finder);
  const chosen = profile.fixtures ?? base.fixtures;
  return typeof chosen === 'string' ? resolvePath(chosen, folder) : undefined;
}

/** The schemes in the configuration file, even if it has mistakes. Throws like `profileNames`. */
export async function schemeNames(flags: GivenFlags, finder: Finder): Promise<string[]> {
  const { profile, base } = await uncheckedLevels(flags, finder);
  return [profile, base].flatMap(({ schemes }) =>
    typeof schemes === 'object' && schemes !== null ? Object.keys(schemes) : [],
  );
}

async function uncheckedLevels(
  { config, profile = '' }: GivenFlags,
  finder: Finder,
): Promise<{ folder: string; profile: UncheckedLevel; base: UncheckedLevel }> {
  const found = await readConfigFile(config, { ...finder, isTrusted: false });
  const base = JSON.parse(found?.text ?? '{}') as UncheckedLevel & { profiles?: Record<string, UncheckedLevel> };
  return { folder: found?.folder ?? '', profile: base.profiles?.[profile] ?? {}, base };
}

/**
 * Returns the text, unchecked, and the folder of the file itself. `isTrusted`: it may be a pipe, and may belong to
 * anybody. Throws UsageError.
 */
export async function readConfigFile(
  flag: string | undefined,
  { isTrusted, signal, ...finder }: Finder & { isTrusted: boolean },
): Promise<{ folder: string; shown: string; text: string } | undefined> {
  const { cwd } = finder;
  const file = flag === undefined ? findUpwards(cwd) : resolvePath(flag, cwd);
  if (file === undefined) return undefined;
  const shown = shownPath(file, cwd);
  const refuse = (owner: number) => {
    refuseStranger(owner, shown, finder);
  };
  const owners = ownersOfLinks(file);
  if (!isTrusted) owners.forEach(refuse);
  const text = await readText(file, { cwd, isNamed: isTrusted, signal, refuse: isTrusted ? undefined : refuse });
  // The target of a link to a pipe has no name.
  const real = owners.length === 0 ? file : targetOf(file);
  return { folder: path.dirname(real), shown, text: text ?? '' };
}

/** More links than any system would follow. */
const mostLinks = 40;

/** The owners of the links to a file: each of them chose it. */
function ownersOfLinks(file: string): number[] {
  const owners: number[] = [];
  try {
    for (let current = file; owners.length < mostLinks;) {
      const found = lstatSync(current);
      if (!found.isSymbolicLink()) break;
      owners.push(found.uid);
      current = path.resolve(path.dirname(current), readlinkSync(current));
    }
  } catch {
    // Reading the file reports it.
  }
  return owners;
}

function targetOf(link: string): string {
  try {
    return realpathSync(link);
  } catch {
    return link;
  }
}

function findUpwards(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = path.dirname(folder)) {
    const file = path.join(folder, fileName);
    // A file in a folder that this user can't access counts as missing.
    if (existsSync(file)) return file;
    if (path.dirname(folder) === folder) return undefined;
  }
}

/** In a folder that others can write to, such as /tmp, anyone could choose where we send. */
function refuseStranger(owner: number, shown: string, { userId }: Finder): void {
  if (userId === undefined || owner === userId || owner === 0) return;
  throw new UsageError(`${shown} belongs to another user`, {
    hint: `check its content, then pass --config ${shown} to use it`,
  });
}
