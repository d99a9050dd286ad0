import { captureFormats } from '../../recording/formats.js';
import { defineCommand } from '../../contract/command.js';
import { positionArguments } from '../../contract/selection-values.js';
import { secretFlags, settingFlags } from '../../contract/shared-flags.js';
import { oneOf } from '../../contract/values.js';
import { selectionFlags } from '../input/selection-flags.js';

export const inspect = defineCommand({
  name: 'inspect',
  examples: ['inspect captured.ndjson', 'inspect captured.ndjson 3', 'inspect captured.ndjson 2 3 --diff'],
  configure: command => {
    command
      .optionsGroup('What to show:')
      .argument('[file]', 'A recording or another (default: the configured one)')
      .argument('[n...]', 'Show these requests whole, by their numbers in the list', positionArguments)
      .option('--diff', 'Show what differs between two requests')
      .option('--format <name>', 'Read it as this format (default: detected)', oneOf('format', captureFormats));
    settingFlags(command.optionsGroup('Signature:'), 'scheme');
    secretFlags(command);
    selectionFlags(command);
  },
  rules: [
    {
      conflict: ['<n>', '--only'],
      message: 'numbers and --only were given together',
      hint: '--only lists requests, and a number alone shows one whole',
    },
    { stdin: ['<file>', '--secret-file'] },
  ],
  load: () => import('./run.js'),
});
