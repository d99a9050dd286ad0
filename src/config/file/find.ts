import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../../errors.js';
import { readText, resolvePath, shownPath } from '../../file/small-file.js';
import type { Environment } from '../../ports.js';
import { rowOf, settingNames } from '../settings.js';
import type { Level } from './parse.js';

export const fileName = 'webhook-cli.config.json';

/** The folder where the search begins, and the user whose files are trusted. */
export type Finder = Pick<Environment, 'cwd' | 'userId'> & Partial<Pick<Environment, 'signal'>>;

export interface ConfigFile {
  /** As it may be shown. */
  file: string;
  text: string;
  /** What is outside the profiles. Paths are ready to be opened, here and in the profiles. */
  base: Level;
  profiles: ReadonlyMap<string, Level>;
}

/** The file that a flag names, or the first one from the working directory upwards. Throws UsageError. */
export async function findConfigFile(flag: string | undefined, finder: Finder): Promise<ConfigFile | undefined> {
  const isTrusted = flag !== undefined;
  const found = await readConfigFile(flag, { ...finder, isTrusted });
  if (!found) return undefined;
  const { cwd } = finder;
  const { file, shown, text } = found;
  const { parseConfig } = await import('./parse.js');
  const { base, profiles } = await parseConfig(text, shown);
  const place = { folder: path.dirname(file), cwd, file: shown };
  const levels = [base, ...profiles.values()].map(level => inPlace(level, place));
  if (!isTrusted) await Promise.all(levels.map(level => refuseDistantRecording(level, place)));
  const [placedBase = base, ...placedProfiles] = levels;
  const names = [...profiles.keys()];
  return {
    file: shown,
    text,
    base: placedBase,
    profiles: new Map(placedProfiles.map((level, index) => [names[index] ?? '', level])),
  };
}

/**
 * The names of the profiles in the configuration file, whatever else is wrong with it. A pipe isn't read: it can be read
 * only once. Throws UsageError, and SyntaxError where the file isn't JSON.
 */
export async function profileNames(flag: string | undefined, finder: Finder): Promise<string[]> {
  const found = await readConfigFile(flag, { ...finder, isTrusted: false });
  const { profiles } = JSON.parse(found?.text ?? '{}') as { profiles?: unknown };
  return typeof profiles === 'object' && profiles !== null ? Object.keys(profiles) : [];
}

/** Returns the text, unchecked. `isTrusted`: the file may be a pipe, and anybody's. Throws UsageError. */
async function readConfigFile(
  flag: string | undefined,
  { isTrusted, signal, ...finder }: Finder & { isTrusted: boolean },
): Promise<{ file: string; shown: string; text: string } | undefined> {
  const { cwd } = finder;
  const file = flag === undefined ? await findUpwards(cwd) : resolvePath(flag, cwd);
  if (file === undefined) return undefined;
  const shown = shownPath(file, cwd);
  const refuse = (owner: number) => {
    refuseStranger(owner, shown, finder);
  };
  const text = await readText(file, { cwd, isNamed: isTrusted, signal, refuse: isTrusted ? undefined : refuse });
  return { file, shown, text: text ?? '' };
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

interface Place {
  folder: string;
  cwd: string;
  file: string;
}

/** Paths in the file are relative to the file. */
function inPlace({ settings, secretFile, dotenv, ...level }: Level, { folder, cwd }: Place): Level {
  const placed = settingNames
    .filter(name => isPath(name) && settings[name] !== undefined)
    .map(name => [name, resolvePath(String(settings[name]), folder)]);
  return {
    ...level,
    settings: { ...settings, ...(Object.fromEntries(placed) as Level['settings']) },
    secretFile: secretFile && shownPath(resolvePath(secretFile, folder), cwd),
    dotenv: dotenv && resolvePath(dotenv, folder),
  };
}

const isPath = (name: (typeof settingNames)[number]): boolean => {
  const { holds } = rowOf(name);
  return holds.kind === 'text' && holds.isPath === true;
};

/** A file that was only found may make recordings beside or below itself, and not in somebody's home. */
async function refuseDistantRecording({ settings: { save } }: Level, { folder, file }: Place): Promise<void> {
  if (save === undefined) return;
  const [home, target] = await Promise.all([folder, path.dirname(save)].map(realFolder));
  if (isWithin(target ?? '', home ?? '')) return;
  throw new UsageError(`${rowOf('save').key} in ${file} leads out of the file's folder`, {
    hint: `name a file below it, or pass --save, or --config ${file} if it's meant`,
  });
}

/** Follows the links of the part of a path that exists. */
const realFolder = async (folder: string): Promise<string> =>
  realpath(folder).catch(async () =>
    folder === path.dirname(folder) ? folder : path.join(await realFolder(path.dirname(folder)), path.basename(folder)),
  );

const isWithin = (inner: string, outer: string): boolean => {
  const relative = path.relative(outer, inner);
  return relative === '' || !(relative.startsWith('..') || path.isAbsolute(relative));
};
