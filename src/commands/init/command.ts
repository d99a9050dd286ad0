import { settings } from '../../config/settings.js';
import { defineCommand } from '../../contract/command.js';
import { offering } from '../../contract/completion-values.js';
import { oneOf, storedPath, url, variableName } from '../../contract/values.js';
import type { SecretSource } from './answers.js';

const secretSources: readonly SecretSource[] = ['development', 'variable', 'file', 'dotenv'];

export const init = defineCommand({
  name: 'init',
  examples: [
    'init',
    'init --yes',
    'init --url http://localhost:3000 --secret-from dotenv',
    'init --yes --profile staging --secret-env FIN_SECRET',
  ],
  configure: command => {
    command
      .optionsGroup('Answers:')
      .option(settings.url.flags, settings.url.help, url)
      .option(
        '--secret-from <place>',
        'development, variable, file or dotenv (ignored by git)',
        oneOf('place', secretSources),
      )
      .option('--secret-env <name>', 'Variable of the secret (default: WEBHOOK_SECRET)', variableName)
      .option('--secret-file <path>', 'File that holds the secret', offering({ isFile: true }, storedPath))
      .option('--no-gitignore', 'Leave .gitignore alone')
      .option('-y, --yes', 'Ask nothing; use the defaults of all other answers')
      .option('--force', 'Overwrite files that exist');
  },
  rules: [
    { conflict: ['--secret-env', '--secret-file'], hint: 'the secret is in one place: a variable or a file' },
    { flag: '--secret-env', onlyWith: '--secret-from variable', hint: 'leave out one of the two' },
    { flag: '--secret-file', onlyWith: '--secret-from file', hint: 'leave out one of the two' },
  ],
  load: () => import('./run.js'),
});
