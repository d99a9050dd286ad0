import { defineCommand } from '../command.js';
import { oneOf } from '../values.js';
import { shells } from './shells.js';

export const completion = defineCommand({
  name: 'completion',
  examples: ['completion bash', 'completion zsh', 'completion fish'],
  configure: command => {
    command
      .argument('<shell>', 'bash (4 or later), zsh or fish', oneOf('shell', shells))
      .addHelpText('after', installation);
  },
  load: () => import('./run.js'),
});

const installation = `
To have it in every new shell, once:
  bash echo 'eval "$(webhook-cli completion bash)"' >> ~/.bashrc
  zsh  echo 'eval "$(webhook-cli completion zsh)"' >> ~/.zshrc
  fish mkdir -p ~/.config/fish/completions
       webhook-cli completion fish > ~/.config/fish/completions/webhook-cli.fish

The program of that name on PATH is asked. Behind npx nothing is completed.`;
