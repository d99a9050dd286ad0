import { readConfigFile, type Finder } from './config-file.js';

/**
 * The profiles of the configuration file, whatever else is wrong with it. A pipe isn't read: it can be read only once.
 * Throws UsageError, and SyntaxError where it isn't JSON.
 */
export async function profileNames(flag: string | undefined, finder: Finder): Promise<string[]> {
  const found = await readConfigFile(flag, { ...finder, isTrusted: false });
  const { profiles } = JSON.parse(found?.text ?? '{}') as { profiles?: unknown };
  return typeof profiles === 'object' && profiles !== null ? Object.keys(profiles) : [];
}
