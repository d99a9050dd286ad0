import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../../errors.js';
import type { Answers } from './answers.js';

export interface Locations {
  /** The absolute path of the configuration file. */
  folder: string;
  cwd: string;
  packageRoot: URL;
  dotenv: string;
  profile: string | undefined;
}

/** The text of the configuration file: the answers, merged into the old content if that is kept. */
export function configText(answers: Answers, existing: Record<string, unknown>, place: Locations): string {
  const level = levelOf(answers, place);
  const { profile } = place;
  const profiles = (existing['profiles'] ?? {}) as Record<string, unknown>;
  const content = profile === undefined ? level : { ...existing, profiles: { ...profiles, [profile]: level } };
  return `${JSON.stringify({ ...schemaOf(place), ...content }, undefined, 2)}\n`;
}

function levelOf({ url, secret }: Answers, { folder, cwd, dotenv }: Locations): Record<string, string> {
  const fromFolder = (file: string) => path.relative(folder, path.resolve(cwd, file)) || file;
  switch (secret.from) {
    case 'development':
      return { url: url.href };
    case 'variable':
      return { url: url.href, secretEnv: secret.name };
    case 'file':
      return { url: url.href, secretFile: path.isAbsolute(secret.path) ? secret.path : fromFolder(secret.path) };
    case 'dotenv':
      return { url: url.href, dotenv: fromFolder(dotenv), secretEnv: 'WEBHOOK_SECRET' };
  }
}

/** Names the schema only if the package is part of the project; any other path works only on this machine. */
function schemaOf({ folder, packageRoot }: Locations): Record<string, string> {
  const file = path.relative(folder, fileURLToPath(new URL('schemas/webhook-cli.config.schema.json', packageRoot)));
  return file.startsWith('node_modules') ? { $schema: `./${file.replaceAll(path.sep, '/')}` } : {};
}

/** Returns the text of a new dotenv file. Throws UsageError for a secret that can't be quoted in one. */
export function dotenvText(secret: string | undefined): string {
  if (secret === undefined) return "# WEBHOOK_SECRET='the secret that Fin shows for this endpoint'\n";
  // Between these quotes, no character is special.
  const quote = ["'", '`'].find(mark => !secret.includes(mark));
  if (quote === undefined)
    throw new UsageError("the secret has both kinds of quotes, so a .env file can't hold it", {
      hint: 'put it in its own file: --secret-file <path>',
    });
  return `WEBHOOK_SECRET=${quote}${secret}${quote}\n`;
}
