import { defineCommand } from '../command.js';
import { offering } from '../offer.js';
import { oneOf, storedPath, url, variableName } from '../values.js';
import { secretSources } from './secret-sources.js';

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
      .option('-u, --url <url>', 'the receiver', url)
      .option(
        '--secret-from <place>',
        'development, variable, file or dotenv (ignored by git)',
        oneOf('place', secretSources),
      )
      .option('--secret-env <name>', 'variable of the secret (default: WEBHOOK_SECRET)', variableName)
      .option('--secret-file <path>', 'file that holds the secret', offering({ isFile: true }, storedPath))
      .option('--no-gitignore', 'leave .gitignore alone')
      .option('-y, --yes', 'ask nothing; take the default of what is not given')
      .option('--force', 'write over what is there');
  },
  load: () => import('./run.js'),
});
