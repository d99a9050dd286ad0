import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type { Environment } from '../../src/ports.js';
import { root } from '../support/cli.js';
import { configurationOf } from '../../src/config/configuration.js';
import type { SecretPorts } from '../../src/config/secrets.js';
import { CommandError } from '../../src/errors.js';
import type { Secret } from '../../src/scheme/secret.js';
import { temporaryFolder } from '../support/folder.js';

export interface Place extends SecretPorts {
  cwd: string;
  warnings: string[];
  /** Creates a file that only its owner may read, unless given another mode; its path is relative to `cwd`. */
  file: (content: string | Uint8Array, options?: { name?: string; mode?: number }) => string;
}

/** A separate working and home directory, with these variables and this standard input. */
export function place(env: Record<string, string> = {}, input: string | Uint8Array = ''): Place {
  const folder = temporaryFolder();
  const warnings: string[] = [];
  return {
    clock: { now: () => new Date('2026-01-01T00:00:00Z'), randomBytes },
    environment: environmentOf({
      env,
      cwd: folder,
      homeDirectory: folder,
      readStdin: () => Promise.resolve(Buffer.from(input)),
    }),
    reporting: { warn: message => warnings.push(message) },
    configuration: configurationOf(env),
    cwd: folder,
    warnings,
    file: (content, { name = 'secret.txt', mode = 0o600 } = {}) => {
      writeFileSync(path.join(folder, name), content, { mode });
      return name;
    },
  };
}

export const bytesOf = ({ key }: Secret): string => key.export().toString('latin1');

export const secretsIn = (secrets: readonly Secret[]): string[] => secrets.map(bytesOf);

/** The failure that the user sees. */
export async function failureOf(work: Promise<unknown>): Promise<CommandError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof CommandError) return error;
    throw error;
  }
  throw new Error('It went well.');
}

/** A separate environment for the test. */
export const environmentOf = (parts: Partial<Environment> = {}): Environment => ({
  env: {},
  cwd: '/',
  homeDirectory: '',
  userId: process.getuid?.(),
  packageRoot: pathToFileURL(`${root}/`),
  version: '0.0.0',
  workerScript: undefined,
  configFlags: {},
  openStdin: () => Readable.from([]),
  readStdin: () => Promise.resolve(Buffer.alloc(0)),
  signal: new AbortController().signal,
  untilStopped: () => Promise.resolve(),
  ...parts,
});
