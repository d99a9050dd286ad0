import { captureFormats } from '../../recording/formats.js';
import { defineCommand } from '../../contract/command.js';
import type { FlagRule } from '../../contract/flag-rules.js';
import { positionArguments } from '../../contract/selection-values.js';
import { secretFlags, settingFlags } from '../../contract/shared-flags.js';
import { oneOf, text } from '../../contract/values.js';
import { selectionFlags, selectionNames } from '../input/selection-flags.js';
import { webFlags, webRules } from '../page/flags.js';

export const inspect = defineCommand({
  name: 'inspect',
  examples: [
    'inspect captured.ndjson',
    'inspect captured.ndjson 3',
    'inspect captured.ndjson 2 3 --diff',
    'inspect captured.ndjson --web',
    'inspect captured.ndjson --only 2,5 --html page.html',
  ],
  configure: command => {
    command
      .optionsGroup('What to show:')
      .argument('[file]', 'A recording or another (default: the configured one)')
      .argument('[n...]', 'Show these requests in full, by number in the list', positionArguments)
      .option('--diff', 'Show what differs between two requests')
      .option('--format <name>', 'Read it as this format (default: detected)', oneOf('format', captureFormats));
    settingFlags(command.optionsGroup('Signature:'), 'scheme');
    secretFlags(command);
    webFlags(command.optionsGroup('Page:'));
    settingFlags(command, 'url').option('--html <file>', 'Write the page as one HTML file', text);
    selectionFlags(command);
  },
  rules: [
    {
      conflict: ['<n>', '--only'],
      message: 'numbers and --only were given together',
      hint: '--only lists requests; a number shows one in full',
    },
    { conflict: ['--web', '--html'], hint: 'serve the page, or write it to a file' },
    { conflict: ['--web', '--diff'], hint: 'the page shows differences itself' },
    { conflict: ['--html', '--diff'], hint: 'the page shows differences itself' },
    ...selectionNames.map((flag): FlagRule => ({
      conflict: ['--web', flag],
      hint: 'the page has its own filters',
    })),
    ...webRules,
    { flag: '--url', needs: '--web', hint: 'it sets where the page replays to' },
    { stdin: ['<file>', '--secret-file'] },
  ],
  load: () => import('./run.js'),
});
