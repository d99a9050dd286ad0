import { UsageError } from '../../errors.js';
import { structureOf } from '../../json/structure.js';
import type { SchemeDefinition } from '../../scheme/definition.js';
import { rowOf, settingNames, type Settings } from '../settings.js';
import { configSchema } from './schema.js';

/** The settings of the file, outside its profiles or in one of them. */
export interface Level {
  settings: { [Name in keyof Settings]?: Settings[Name] | undefined };
  secretFile?: string | undefined;
  /** Name of a variable. */
  secretEnv?: string | undefined;
  dotenv?: string | undefined;
  /** A folder. */
  fixtures?: string | undefined;
  /** The user's own schemes, by name. */
  schemes?: Readonly<Record<string, SchemeDefinition>> | undefined;
}

export interface ParsedConfig {
  /** The settings outside the profiles. */
  base: Level;
  profiles: Map<string, Level>;
}

/** Levels of nesting; a sensible file has five. */
const deepest = 100;

/**
 * Checks the whole text of a configuration file, even unused profiles. Throws UsageError with every mistake; the code that
 * finds their places is loaded only if there is one.
 */
export async function parseConfig(text: string, file: string): Promise<ParsedConfig> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    const { notJson } = await import('./mistakes.js');
    throw notJson(text, file);
  }
  const { depth, mayHideMore } = structureOf(text, json);
  if (depth > deepest)
    throw new UsageError(`${file}: it is nested ${depth} levels deep; at most ${deepest} are allowed`);
  const { data, error } = configSchema.safeParse(json);
  if (error || mayHideMore) {
    const { refuseMistakes } = await import('./mistakes.js');
    refuseMistakes(error?.issues ?? [], { text, file });
  }
  if (!data) throw new Error('The schema refused the file without saying why.');
  const profiles = (data.profiles ?? {}) as Readonly<Record<string, RawLevel>>;
  return {
    base: levelOf(data),
    profiles: new Map(Object.entries(profiles).map(([name, level]) => [name, levelOf(level)])),
  };
}

type RawLevel = Readonly<Record<string, unknown>>;

/** Trusts the schema's check, since it is made from the same rows. */
const levelOf = (raw: RawLevel): Level => ({
  settings: Object.fromEntries(
    settingNames.map(name => [name, valueAt(raw, rowOf(name).key)]).filter(([, value]) => value !== undefined),
  ) as Level['settings'],
  secretFile: raw['secretFile'] as string | undefined,
  secretEnv: raw['secretEnv'] as string | undefined,
  dotenv: raw['dotenv'] as string | undefined,
  fixtures: raw['fixtures'] as string | undefined,
  schemes: raw['schemes'] as Level['schemes'],
});

/** The value at a key such as `listen.port`. */
const valueAt = (raw: RawLevel, key: string): unknown =>
  key.split('.').reduce<unknown>((value, name) => (value as RawLevel | undefined)?.[name], raw);
