import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../errors.js';
import type { Environment } from '../ports.js';
import type { Level } from './configuration.js';
import { readText, resolvePath, shownPath } from '../file/small-file.js';

export const fileName = 'webhook-cli.config.json';

/** Where files are looked for, and whose they may be. */
export type Finder = Pick<Environment, 'cwd' | 'userId'>;

export interface ConfigFile {
  /** As it may be shown. */
  file: string;
  text: string;
  /** What stands outside the profiles. */
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
  const { parseConfig } = await import('./parse-config.js');
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

/** Its text, which nobody has judged. `isTrusted`: it may be a pipe, and anybody's. Throws UsageError. */
export async function readConfigFile(
  flag: string | undefined,
  { isTrusted, ...finder }: Finder & { isTrusted: boolean },
): Promise<{ file: string; shown: string; text: string } | undefined> {
  const { cwd } = finder;
  const file = flag === undefined ? await findUpwards(cwd) : resolvePath(flag, cwd);
  if (file === undefined) return undefined;
  const shown = shownPath(file, cwd);
  const text = await readText(file, { cwd, isTrusted, refuse: owner => { refuseStranger(owner, shown, finder); } }); // prettier-ignore
  return { file, shown, text: text ?? '' };
}

async function findUpwards(cwd: string): Promise<string | undefined> {
  for (let folder = cwd; ; folder = path.dirname(folder)) {
    const file = path.join(folder, fileName);
    // What can't even be seen, as in a folder that is closed to this user, isn't there.
    const isThere = await stat(file).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
    if (path.dirname(folder) === folder) return undefined;
  }
}

/** In a folder that others may write to, such as /tmp, anybody could tell us where to send. */
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
  const { save } = settings;
  return {
    ...level,
    settings: { ...settings, save: save && resolvePath(save, folder) },
    secretFile: secretFile && shownPath(resolvePath(secretFile, folder), cwd),
    dotenv: dotenv && resolvePath(dotenv, folder),
  };
}

/** A file that was only found may make recordings beside or below itself, and not in somebody's home. */
async function refuseDistantRecording({ settings: { save } }: Level, { folder, file }: Place): Promise<void> {
  if (save === undefined) return;
  const [home, target] = await Promise.all([folder, path.dirname(save)].map(realFolder));
  if (isWithin(target ?? '', home ?? '')) return;
  throw new UsageError(`listen.save in ${file} leads out of the file's folder`, {
    hint: `name a file below it, or pass --save, or --config ${file} if it's meant`,
  });
}

/** With links followed, as far as the folder exists. */
const realFolder = async (folder: string): Promise<string> =>
  realpath(folder).catch(async () =>
    folder === path.dirname(folder) ? folder : path.join(await realFolder(path.dirname(folder)), path.basename(folder)),
  );

const isWithin = (inner: string, outer: string): boolean => {
  const relative = path.relative(outer, inner);
  return relative === '' || !(relative.startsWith('..') || path.isAbsolute(relative));
};
