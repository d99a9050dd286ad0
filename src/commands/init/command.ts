import { defineCommand } from '../command.js';
import { offering } from '../offer.js';
import { oneOf, text, url } from '../values.js';
import { secretSources } from './secret-sources.js';

export const init = defineCommand({
  name: 'init',
  summary: 'ask a few questions and write the configuration file',
  examples: [
    'init',
    'init --yes',
    'init --url http://localhost:3000/webhooks/fin --secret-from dotenv',
    'init --profile staging --url https://staging.example.com/webhooks/fin --secret-env FIN_SECRET',
  ],
  configure: command => {
    command
      .optionsGroup('Answers:')
      .option('-u, --url <url>', 'the receiver', url)
      .option(
        '--secret-from <place>',
        'development, variable, file or dotenv (a git-ignored .env)',
        oneOf('place', secretSources),
      )
      .option('--secret-env <name>', 'variable that holds the secret (default: WEBHOOK_SECRET)', text)
      .option('--secret-file <path>', 'file that holds the secret', offering({ isFile: true }, text))
      .option('--no-gitignore', 'leave .gitignore alone')
      .option('-y, --yes', 'ask nothing; take the default of what is not given')
      .option('--force', 'write over what is there');
  },
  load: () => import('./run.js'),
});
