import { defineCommand } from '../../contract/command.js';
import { secretFlags, settingFlags } from '../../contract/shared-flags.js';

export const secret = defineCommand({
  name: 'secret',
  examples: [
    { purpose: 'Show where the secret comes from, but not the secret', line: 'secret' },
    { purpose: 'Print the secret, to copy it', line: 'secret --reveal' },
    { purpose: 'Replace the development secret', line: 'secret --rotate' },
  ],
  configure: command => {
    command
      .option('--reveal', 'Print the secret itself')
      .option('--rotate', 'Replace the development secret with a new one');
    settingFlags(secretFlags(command), 'scheme');
  },
  load: () => import('./run.js'),
});
