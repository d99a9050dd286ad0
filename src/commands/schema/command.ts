import { defineCommand } from '../../contract/command.js';
import { event } from '../../contract/values.js';

export const schema = defineCommand({
  name: 'schema',
  examples: [
    { purpose: 'Print the schema of customer.status', line: 'schema' },
    { purpose: 'Print the schema of another event', line: 'schema transaction.status' },
    { purpose: 'Print one schema for all events', line: 'schema --all' },
  ],
  configure: command => {
    command
      .argument('[event]', 'Event to describe (default: customer.status)', event)
      .option('--all', 'Print one schema that covers all events');
  },
  rules: [{ conflict: ['<event>', '--all'], hint: 'ask for one event, or for all of them' }],
  load: () => import('./run.js'),
});
