import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../../errors.js';
import type { Answers } from './answers.js';

export interface Locations {
  /** Of the configuration file, absolute. */
  folder: string;
  cwd: string;
  packageRoot: URL;
  dotenv: string;
  profile: string | undefined;
}

/** The text of the configuration file: what was there, if it is kept, with the answers in their place. */
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

/** Editors find the schema where the package is part of the project; elsewhere, the path would be this machine's own. */
function schemaOf({ folder, packageRoot }: Locations): Record<string, string> {
  const file = path.relative(folder, fileURLToPath(new URL('schemas/webhook-cli.config.schema.json', packageRoot)));
  return file.startsWith('node_modules') ? { $schema: `./${file.replaceAll(path.sep, '/')}` } : {};
}

/** Returns the text of a new dotenv file. Throws UsageError for a secret that can't be written in one. */
export function dotenvText(secret: string | undefined): string {
  if (secret === undefined) return "# WEBHOOK_SECRET='the secret that Fin shows for this endpoint'\n";
  // Between these quotes, no character is special.
  const quote = ["'", '`'].find(mark => !secret.includes(mark));
  if (quote === undefined)
    throw new UsageError("the secret has both kinds of quotes in it, and can't be written in a .env", {
      hint: 'put it into a file of its own: --secret-file <path>',
    });
  return `WEBHOOK_SECRET=${quote}${secret}${quote}\n`;
}
