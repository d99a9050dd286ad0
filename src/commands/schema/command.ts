import { defineCommand } from '../../contract/command.js';
import { event } from '../../contract/values.js';

export const schema = defineCommand({
  name: 'schema',
  examples: ['schema', 'schema transaction.status', 'schema --all'],
  configure: command => {
    command
      .argument('[event]', 'Event (default: customer.status)', event)
      .option('--all', 'Print one schema for all events');
  },
  rules: [{ conflict: ['<event>', '--all'], hint: 'ask for one event, or for all of them' }],
  load: () => import('./run.js'),
});
