import { defineCommand } from '../command.js';
import { oneOf } from '../values.js';
import { shells } from './shells.js';

export const completion = defineCommand({
  name: 'completion',
  summary: 'print the script that completes command lines in a shell',
  examples: [`completion bash > ~/.webhook-cli.bash && echo '. ~/.webhook-cli.bash' >> ~/.bashrc`],
  configure: command => {
    command.argument('<shell>', 'bash, zsh or fish', oneOf('shell', shells));
  },
  load: () => import('./run.js'),
});
