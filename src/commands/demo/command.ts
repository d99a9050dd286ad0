import { defineCommand } from '../../contract/command.js';

export const demo = defineCommand({
  name: 'demo',
  examples: [
    { purpose: 'Send four events to a temporary receiver', line: 'demo' },
    { purpose: 'Print what happens as JSON', line: 'demo --json' },
  ],
  configure: () => undefined,
  load: () => import('./run.js'),
});
