import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';

interface Ran {
  argv: readonly string[];
  env: NodeJS.ProcessEnv;
  /** Everything that was printed, on both outputs. */
  output: string;
}

/** The secrets of the tests in one file, each with its spellings. A folder belongs to a test, so no other file's can be in it. */
let known = { file: '', secrets: new Map<string, string[]>() };

function secretsSoFar(): typeof known.secrets {
  // Files share this module.
  const file = expect.getState().testPath ?? '';
  if (file !== known.file) known = { file, secrets: new Map() };
  return known.secrets;
}

/** Fails the test if it printed a secret, in any spelling, or personal data that wasn't requested. */
export function refuseLeaks({ argv, env, output }: Ran): void {
  const own = new Map(secretsOf(env).map(secret => [secret, spellingsOf(secret)]));
  for (const [secret, spellings] of own) secretsSoFar().set(secret, spellings);
  if (!argv.includes('--reveal')) refuseSecrets(output, { secrets: own, place: `the output of ${argv.join(' ')}` });
  const isOneShown = argv.includes('inspect') && argv.some(word => /^\d[\d,-]*$/.test(word));
  const isAskedFor =
    isOneShown || argv.some(word => /^(?:--(?:show|print|dry-run|set|debug)|fixtures|generate|export)/.test(word));
  if (isAskedFor) return;
  // Every person in generated events and fixtures has such an address and such a number.
  const [leak] = /[\w.]{1,64}@example\.com|\+1\d{3}55501\d\d/.exec(output) ?? [];
  if (leak !== undefined) throw new Error(`${leak} was printed by ${argv.join(' ')}`);
}

/** Fails the test if it left a secret in a file, unless the file contains nothing but secrets. */
export function refuseSecretsIn(folder: string): void {
  const secrets = secretsSoFar();
  if (secrets.size === 0) return;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  for (const entry of files) {
    const file = path.join(entry.parentPath, entry.name);
    const content = readFileSync(file, 'latin1');
    const lines = firstLines(content, 10);
    if (lines.length < 10 && lines.some(line => secrets.has(line.trim()))) continue;
    refuseSecrets(content, { secrets, place: file });
  }
}

/** Without empty ones. */
function firstLines(content: string, most: number): string[] {
  const lines = [];
  for (const [line] of content.matchAll(/[^\n]+/g)) {
    if (line !== '\r') lines.push(line);
    if (lines.length === most) break;
  }
  return lines;
}

function secretsOf({ WEBHOOK_SECRET: variable, HOME: home }: NodeJS.ProcessEnv): string[] {
  const file = path.join(home ?? '/dev/null', '.config/webhook-cli/development-secret');
  const kept = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  // A short one could occur anywhere by chance.
  return [variable ?? '', kept].filter(secret => secret.length >= 8);
}

/** In lower case. */
function spellingsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const spellings = [secret, bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, '')];
  return spellings.map(spelling => spelling.toLowerCase());
}

function refuseSecrets(text: string, { secrets, place }: { secrets: typeof known.secrets; place: string }): void {
  // Once for all of them, since there are files of megabytes.
  const lower = text.toLowerCase();
  for (const spellings of secrets.values())
    if (spellings.some(spelling => lower.includes(spelling))) throw new Error(`a secret is in ${place}`);
}
