import { defineCommand } from '../../contract/command.js';
import { oneOf } from '../../contract/values.js';
import type { Shell } from './scripts.js';

const shells: readonly Shell[] = ['bash', 'zsh', 'fish'];

export const completion = defineCommand({
  name: 'completion',
  examples: [
    { purpose: 'Print the script for bash', line: 'completion bash' },
    { purpose: 'Print the script for zsh', line: 'completion zsh' },
    { purpose: 'Print the script for fish', line: 'completion fish' },
  ],
  configure: command => {
    command
      .argument('<shell>', 'bash (4 or later), zsh or fish', oneOf('shell', shells))
      .addHelpText('after', installation);
  },
  load: () => import('./run.js'),
});

const installation = `
To enable completion in every new shell, run once:
  bash echo 'eval "$(webhook-cli completion bash)"' >> ~/.bashrc
  zsh  echo 'eval "$(webhook-cli completion zsh)"' >> ~/.zshrc
  fish mkdir -p ~/.config/fish/completions
       webhook-cli completion fish > ~/.config/fish/completions/webhook-cli.fish

Completion runs the webhook-cli on your PATH, so it doesn't work with npx.`;
