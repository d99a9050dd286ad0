import { defineCommand } from '../command.js';

export const demo = defineCommand({
  name: 'demo',
  summary: 'play both sides on this machine: the first thing to run',
  examples: ['demo', 'demo --json'],
  configure: () => undefined,
  load: () => import('./run.js'),
});
