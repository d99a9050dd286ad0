import { defineCommand } from '../../contract/command.js';
import { secretFlags, settingFlags } from '../../contract/shared-flags.js';

export const secret = defineCommand({
  name: 'secret',
  examples: ['secret', 'secret --reveal', 'secret --rotate'],
  configure: command => {
    command
      .option('--reveal', 'Print the secret itself')
      .option('--rotate', 'Replace the development secret with a new one');
    settingFlags(command, 'scheme');
    secretFlags(command);
  },
  load: () => import('./run.js'),
});
