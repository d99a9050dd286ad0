import { defineCommand } from '../command.js';
import { secretFlags } from '../flags.js';

export const secret = defineCommand({
  name: 'secret',
  examples: ['secret', 'secret --reveal', 'secret --rotate'],
  configure: command => {
    command
      .option('--reveal', 'print the secret itself')
      .option('--rotate', 'make a new development secret in place of the old one');
    secretFlags(command);
  },
  load: () => import('./run.js'),
});
