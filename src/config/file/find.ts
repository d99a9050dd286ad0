import { realpathSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../../errors.js';
import { resolvePath, shownPath } from '../../file/small-file.js';
import { rowOf, settingNames } from '../settings.js';
import type { Level } from './parse.js';
import { readConfigFile, type Finder } from './read.js';

export interface ConfigFile {
  /** The path to show. */
  file: string;
  text: string;
  /** The settings outside the profiles. All paths, including those in profiles, are ready to open. */
  base: Level;
  profiles: ReadonlyMap<string, Level>;
}

/** The file that a flag names, or the first one from the working directory upwards. Throws UsageError. */
export async function findConfigFile(flag: string | undefined, finder: Finder): Promise<ConfigFile | undefined> {
  const isTrusted = flag !== undefined;
  const found = await readConfigFile(flag, { ...finder, isTrusted });
  if (!found) return undefined;
  const { cwd } = finder;
  const { folder, shown, text } = found;
  const { parseConfig } = await import('./parse.js');
  const { base, profiles } = await parseConfig(text, shown);
  const location = { folder, cwd, file: shown };
  const levels = [base, ...profiles.values()].map(level => located(level, location));
  if (!isTrusted)
    levels.forEach(level => {
      refuseDistantRecording(level, location);
    });
  const [placedBase = base, ...placedProfiles] = levels;
  const names = [...profiles.keys()];
  return {
    file: shown,
    text,
    base: placedBase,
    profiles: new Map(placedProfiles.map((level, index) => [names[index] ?? '', level])),
  };
}

interface FileLocation {
  folder: string;
  cwd: string;
  file: string;
}

/** Paths in the file are relative to the file. */
function located({ settings, secretFile, dotenv, fixtures, ...level }: Level, { folder, cwd }: FileLocation): Level {
  const placed = settingNames
    .filter(name => isPath(name) && settings[name] !== undefined)
    .map(name => [name, resolvePath(String(settings[name]), folder)]);
  return {
    ...level,
    settings: { ...settings, ...(Object.fromEntries(placed) as Level['settings']) },
    secretFile: secretFile && shownPath(resolvePath(secretFile, folder), cwd),
    dotenv: dotenv && resolvePath(dotenv, folder),
    fixtures: fixtures && resolvePath(fixtures, folder),
  };
}

const isPath = (name: (typeof settingNames)[number]): boolean => {
  const { holds } = rowOf(name);
  return holds.kind === 'text' && holds.isPath === true;
};

/** A file found by search may only record in its own folder or below, not elsewhere in someone's home. */
function refuseDistantRecording({ settings: { save } }: Level, { folder, file }: FileLocation): void {
  if (save === undefined) return;
  if (isWithin(realFolder(path.dirname(save)), realFolder(folder))) return;
  throw new UsageError(`${rowOf('save').key} in ${file} leads out of the file's folder`, {
    hint: `use a file in that folder, or pass --save; to allow it, pass --config ${file}`,
  });
}

/** Resolves links in the existing part of a path. */
function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    const parent = path.dirname(folder);
    return folder === parent ? folder : path.join(realFolder(parent), path.basename(folder));
  }
}

const isWithin = (inner: string, outer: string): boolean => {
  const relative = path.relative(outer, inner);
  return relative === '' || !(relative.startsWith('..') || path.isAbsolute(relative));
};
