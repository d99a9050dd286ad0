import { defineCommand } from '../command.js';
import { secretFlags, settingFlags } from '../flags.js';
import { courseFlags, shapeFlags } from '../payload/flags.js';
import { oneOf, text, wholeNumber } from '../values.js';
import { formats } from './formats.js';

export const generate = defineCommand({
  name: 'generate',
  examples: [
    'generate --status APPROVED --seed 1 --now 2026-01-31T09:30:00Z',
    'generate --walk --type BUSINESS',
    'generate --event transaction.status --count 1000',
    'generate --walk --out events',
    'generate --signed --format curl --url http://localhost:3000',
  ],
  configure: command => {
    courseFlags(command.optionsGroup('What to generate:'))
      .option('--walk', 'a plausible course of one customer')
      .option('--count <number>', 'so often, each time about another customer', wholeNumber(1, 10_000_000));
    shapeFlags(command).optionsGroup('Request:').option('--signed', 'whole requests, with their signatures');
    settingFlags(command, 'url', 'headers', 'algorithm');
    secretFlags(command)
      .optionsGroup('Output:')
      .option(
        '--format <name>',
        `${formats.slice(0, -1).join(', ')} or ${formats.at(-1) ?? ''}`,
        oneOf('format', formats),
      )
      .option('--out <folder>', 'one file for each event; none is ever overwritten', text);
  },
  load: () => import('./run.js'),
});
