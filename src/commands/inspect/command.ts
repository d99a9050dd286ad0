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
    { purpose: 'List the requests of a recording', line: 'inspect captured.ndjson' },
    { purpose: 'Show the third request in full', line: 'inspect captured.ndjson 3' },
    { purpose: 'Compare two requests', line: 'inspect captured.ndjson 2 3 --diff' },
    { purpose: 'Browse the recording in a browser', line: 'inspect captured.ndjson --web' },
    {
      purpose: 'Write two of the requests to a page to share',
      line: 'inspect captured.ndjson --only 2,5 --html page.html',
    },
  ],
  configure: command => {
    command
      .optionsGroup('What to show:')
      .argument('[file]', 'Recording or HAR file (default: configured recording)')
      .argument('[n...]', 'Numbers of requests to show in full', positionArguments)
      .option('--diff', 'Show the differences between two requests')
      .option('--format <name>', 'Read as this format (default: detected)', oneOf('format', captureFormats));
    settingFlags(secretFlags(command.optionsGroup('Signature:')), 'scheme');
    webFlags(command.optionsGroup('Web inspector:'));
    settingFlags(command, 'url').option('--html <file>', 'Write the inspector to this HTML file', text);
    selectionFlags(command);
  },
  rules: [
    {
      conflict: ['<n>', '--only'],
      message: 'numbers and --only were given together',
      hint: '--only lists requests; a number shows one in full',
    },
    { conflict: ['--web', '--html'], hint: '--web serves the inspector, --html writes it to a file: pass one of them' },
    { conflict: ['--web', '--diff'], hint: 'the inspector compares requests itself: leave out --diff' },
    { conflict: ['--html', '--diff'], hint: 'the inspector compares requests itself: leave out --diff' },
    ...selectionNames.map((flag): FlagRule => ({
      conflict: ['--web', flag],
      hint: 'the inspector has its own filters',
    })),
    ...webRules,
    { flag: '--url', needs: '--web', hint: 'it sets where the inspector sends requests' },
    { stdin: ['<file>', '--secret-file'] },
  ],
  load: () => import('./run.js'),
});
