import { defineCommand } from '../command.js';
import { secretFlags } from '../flags.js';

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
