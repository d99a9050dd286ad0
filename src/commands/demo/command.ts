import { defineCommand } from '../../contract/command.js';

export const demo = defineCommand({
  name: 'demo',
  examples: ['demo', 'demo --json'],
  configure: () => undefined,
  load: () => import('./run.js'),
});
