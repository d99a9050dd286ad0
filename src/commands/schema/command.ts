import { defineCommand } from '../command.js';
import { event } from '../values.js';

export const schema = defineCommand({
  name: 'schema',
  examples: ['schema', 'schema transaction.status', 'schema --all'],
  configure: command => {
    command
      .argument('[event]', 'which event (default: customer.status)', event)
      .option('--all', 'one document for all events, told apart by event.type');
  },
  load: () => import('./run.js'),
});
