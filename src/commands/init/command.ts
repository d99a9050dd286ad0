import { settings } from '../../config/settings.js';
import { defineCommand } from '../../contract/command.js';
import { offering } from '../../contract/completion-values.js';
import { oneOf, storedPath, url, variableName } from '../../contract/values.js';
import type { SecretSource } from './answers.js';

const secretSources: readonly SecretSource[] = ['development', 'variable', 'file', 'dotenv'];

export const init = defineCommand({
  name: 'init',
  examples: [
    { purpose: 'Answer a few questions', line: 'init' },
    { purpose: 'Use the defaults', line: 'init --yes' },
    {
      purpose: 'Set the receiver, and keep the secret in .env',
      line: 'init --url http://localhost:3000 --secret-from dotenv',
    },
    {
      purpose: 'Create a profile with its own secret',
      line: 'init --yes --profile staging --secret-env FIN_SECRET',
    },
  ],
  configure: command => {
    command
      .option(settings.url.flags, settings.url.help, url)
      .option('--secret-from <place>', 'One of development, variable, file or dotenv', oneOf('place', secretSources))
      .option('--secret-env <name>', 'Variable with the secret (default: WEBHOOK_SECRET)', variableName)
      .option('--secret-file <path>', 'File with the secret', offering({ isFile: true }, storedPath))
      .option('--no-gitignore', "Don't change .gitignore")
      .option('-y, --yes', 'Ask no questions; use the defaults')
      .option('--force', 'Overwrite existing files');
  },
  rules: [
    { conflict: ['--secret-env', '--secret-file'], hint: 'the secret is in one place: a variable or a file' },
    { flag: '--secret-env', onlyWith: '--secret-from variable', hint: 'leave out one of the two' },
    { flag: '--secret-file', onlyWith: '--secret-from file', hint: 'leave out one of the two' },
  ],
  load: () => import('./run.js'),
});
