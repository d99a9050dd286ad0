import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface Ran {
  argv: readonly string[];
  env: NodeJS.ProcessEnv;
  /** Everything that was printed, on both outputs. */
  output: string;
}

const secrets = new Set<string>();

/** Fails the test if it printed a secret, in any spelling, or personal data that wasn't requested. */
export function refuseLeaks({ argv, env, output }: Ran): void {
  for (const secret of secretsOf(env)) {
    secrets.add(secret);
    if (!argv.includes('--reveal')) refuseSecret(output, { secret, place: `the output of ${argv.join(' ')}` });
  }
  const isOneShown = argv.includes('inspect') && argv.some(word => /^\d[\d,-]*$/.test(word));
  const isAskedFor =
    isOneShown || argv.some(word => /^(?:--(?:show|print|dry-run|set|debug)|fixtures|generate|export)/.test(word));
  // Every person in generated events and fixtures has such an address and such a number.
  const [leak] = /[\w.]{1,64}@example\.com|\+1\d{3}55501\d\d/.exec(output) ?? [];
  if (leak !== undefined && !isAskedFor) throw new Error(`${leak} was printed by ${argv.join(' ')}`);
}

/** Fails the test if it left a secret in a file, unless the file contains nothing but secrets. */
export function refuseSecretsIn(folder: string): void {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  for (const entry of files) {
    const file = path.join(entry.parentPath, entry.name);
    const content = readFileSync(file, 'latin1');
    const lines = content.split(/\r?\n/).filter(line => line !== '');
    if (lines.length < 10 && lines.some(line => secrets.has(line.trim()))) continue;
    for (const secret of secrets) refuseSecret(content, { secret, place: file });
  }
}

function secretsOf({ WEBHOOK_SECRET: variable, HOME: home }: NodeJS.ProcessEnv): string[] {
  const file = path.join(home ?? '/dev/null', '.config/webhook-cli/development-secret');
  const kept = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  // A short one could occur anywhere by chance.
  return [variable ?? '', kept].filter(secret => secret.length >= 8);
}

function refuseSecret(text: string, { secret, place }: { secret: string; place: string }): void {
  const bytes = Buffer.from(secret);
  const spellings = [secret, bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, '')];
  if (spellings.some(spelling => text.toLowerCase().includes(spelling.toLowerCase()))) {
    throw new Error(`a secret is in ${place}`);
  }
}
