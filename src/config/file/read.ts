import { lstat, readlink, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../../errors.js';
import { readText, resolvePath, shownPath } from '../../file/small-file.js';
import type { Environment } from '../../ports.js';

export const fileName = 'webhook-cli.config.json';

/** The folder where the search begins, and the user whose files are trusted. */
export type Finder = Pick<Environment, 'cwd' | 'userId'> & Partial<Pick<Environment, 'signal'>>;

/**
 * The names of the profiles in the configuration file, whatever else is wrong with it. A pipe isn't read: it can be read
 * only once. Throws UsageError, and SyntaxError where the file isn't JSON.
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

/** The folder of fixtures that the configuration file names, whatever else is wrong with it. Throws as `profileNames` does. */
export async function fixturesFolder(flags: GivenFlags, finder: Finder): Promise<string | undefined> {
  const { folder, profile, base } = await uncheckedLevels(flags, finder);
  const chosen = profile.fixtures ?? base.fixtures;
  return typeof chosen === 'string' ? resolvePath(chosen, folder) : undefined;
}

/** The schemes that the configuration file defines, whatever else is wrong with it. Throws as `profileNames` does. */
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

/** Returns the text, unchecked, and the folder of the file itself. `isTrusted`: it may be a pipe, and anybody's. Throws UsageError. */
export async function readConfigFile(
  flag: string | undefined,
  { isTrusted, signal, ...finder }: Finder & { isTrusted: boolean },
): Promise<{ folder: string; shown: string; text: string } | undefined> {
  const { cwd } = finder;
  const file = flag === undefined ? await findUpwards(cwd) : resolvePath(flag, cwd);
  if (file === undefined) return undefined;
  const shown = shownPath(file, cwd);
  const refuse = (owner: number) => {
    refuseStranger(owner, shown, finder);
  };
  const owners = await ownersOfLinks(file);
  if (!isTrusted) owners.forEach(refuse);
  const text = await readText(file, { cwd, isNamed: isTrusted, signal, refuse: isTrusted ? undefined : refuse });
  // What a link to a pipe leads to has no name.
  const real = owners.length === 0 ? file : await realpath(file).catch(() => file);
  return { folder: path.dirname(real), shown, text: text ?? '' };
}

/** More links than any system follows. */
const mostLinks = 40;

/** The owners of the links that lead to a file: each of them has chosen it. */
async function ownersOfLinks(file: string): Promise<number[]> {
  const owners: number[] = [];
  try {
    for (let current = file; owners.length < mostLinks;) {
      const { uid, isLink } = await lstat(current).then(found => ({ uid: found.uid, isLink: found.isSymbolicLink() }));
      if (!isLink) break;
      owners.push(uid);
      current = path.resolve(path.dirname(current), await readlink(current));
    }
  } catch {
    // Reading the file reports it.
  }
  return owners;
}

async function findUpwards(cwd: string): Promise<string | undefined> {
  for (let folder = cwd; ; folder = path.dirname(folder)) {
    const file = path.join(folder, fileName);
    // A file that can't even be seen, as in a folder that is closed to this user, counts as missing.
    const isThere = await stat(file).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
    if (path.dirname(folder) === folder) return undefined;
  }
}

/** In a folder that others may write to, such as /tmp, anybody could choose where we send. */
function refuseStranger(owner: number, shown: string, { userId }: Finder): void {
  if (userId === undefined || owner === userId || owner === 0) return;
  throw new UsageError(`${shown} belongs to another user than you`, {
    hint: `read it, and pass --config ${shown} if it's right`,
  });
}
