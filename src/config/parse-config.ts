import { UsageError } from '../errors.js';
import { structureOf } from '../json/structure.js';
import type { Level } from './configuration.js';
import { configSchema, levelOf } from './file-schema.js';

export interface ParsedConfig {
  /** What stands outside the profiles. */
  base: Level;
  profiles: Map<string, Level>;
}

/** Levels of nesting; a file that makes sense has five. */
const deepest = 100;

/**
 * Checks the text of a configuration file, all of it, whatever is asked for. Throws UsageError with every mistake; what
 * knows their places is loaded only for one.
 */
export async function parseConfig(text: string, file: string): Promise<ParsedConfig> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    const { notJson } = await import('./config-mistakes.js');
    throw notJson(text, file);
  }
  const { depth, mayHideMore } = structureOf(text, json);
  if (depth > deepest) throw new UsageError(`${file}: it is nested ${depth} levels deep; ${deepest} are the most`);
  const { data, error } = configSchema.safeParse(json);
  if (error || mayHideMore) {
    const { refuseMistakes } = await import('./config-mistakes.js');
    refuseMistakes(error?.issues ?? [], { text, file });
  }
  if (!data) throw new Error('The schema refused the file without saying why.');
  const { profiles = {}, ...base } = data;
  delete base.$schema;
  return {
    base: levelOf(base),
    profiles: new Map(Object.entries(profiles).map(([name, level]) => [name, levelOf(level)])),
  };
}
