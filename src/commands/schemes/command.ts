import { offering, schemes as names } from '../../contract/completion-values.js';
import { defineCommand } from '../../contract/command.js';
import { text } from '../../contract/values.js';

export const schemes = defineCommand({
  name: 'schemes',
  examples: ['schemes', 'schemes standard-webhooks', 'schemes stripe --json'],
  configure: command => {
    command.argument('[name]', 'Print the definition of this scheme', offering({ candidates: names }, text));
  },
  load: () => import('./run.js'),
});
