import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ConfigFlags } from '../../src/ports.js';
import { readConfiguration, type Configuration } from '../../src/config/configuration.js';
import { temporaryFolder } from '../support/folder.js';

interface Given {
  /** The file, as JSON or as raw text. */
  file?: unknown;
  /** Other files, by name. */
  files?: Record<string, string>;
  env?: Record<string, string>;
  flags?: ConfigFlags;
  /** Below the folder of the file. */
  from?: string;
  userId?: number | undefined;
}

export const fileName = 'webhook-cli.config.json';

/** The configuration that is read in a folder with these files. */
export async function configured({
  file,
  files = {},
  env = {},
  flags = {},
  from = '.',
  ...user
}: Given): Promise<Configuration> {
  const folder = temporaryFolder();
  const cwd = path.join(folder, from);
  mkdirSync(cwd, { recursive: true });
  const text = typeof file === 'string' || file === undefined ? file : JSON.stringify(file);
  for (const [name, content] of Object.entries({ ...files, ...(text !== undefined && { [fileName]: text }) })) {
    writeFileSync(path.join(folder, name), content);
  }
  const { userId } = { userId: process.getuid?.(), ...user };
  return readConfiguration({ cwd, env, configFlags: flags, userId });
}
