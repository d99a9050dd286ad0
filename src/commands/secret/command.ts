import { defineCommand } from '../../contract/command.js';
import { secretFlags } from '../../contract/shared-flags.js';

export const secret = defineCommand({
  name: 'secret',
  examples: ['secret', 'secret --reveal', 'secret --rotate'],
  configure: command => {
    command
      .option('--reveal', 'Print the secret itself')
      .option('--rotate', 'Replace the development secret by a new one');
    secretFlags(command);
  },
  load: () => import('./run.js'),
});
