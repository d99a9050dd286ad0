import { offering, schemes as names } from '../../contract/completion-values.js';
import { defineCommand } from '../../contract/command.js';
import { text } from '../../contract/values.js';

export const schemes = defineCommand({
  name: 'schemes',
  examples: [
    { purpose: 'List the schemes', line: 'schemes' },
    { purpose: 'Print a definition to adapt in your config file', line: 'schemes standard-webhooks' },
  ],
  configure: command => {
    command.argument('[name]', 'Scheme to print', offering({ candidates: names }, text));
  },
  load: () => import('./run.js'),
});
