import { captureFormats } from '../../recording/formats.js';
import { defineCommand } from '../../contract/command.js';
import { settingFlags } from '../../contract/shared-flags.js';
import { oneOf } from '../../contract/values.js';
import { selectionFlags } from '../input/selection-flags.js';

export const exportCaptures = defineCommand({
  name: 'export',
  examples: [
    { purpose: 'Print a recording as HAR, for other tools', line: 'export captured.ndjson --to har' },
    { purpose: 'Print two of the requests as curl commands', line: 'export captured.ndjson --to curl --only 2,5' },
  ],
  configure: command => {
    command
      .argument('<file>', 'Recording, HAR or raw HTTP file; - for stdin')
      .requiredOption('--to <format>', 'Write har, http or curl (required)', oneOf('format', ['har', 'http', 'curl']))
      .option('--format <name>', 'Read as this format (default: detected)', oneOf('format', captureFormats));
    settingFlags(command, 'scheme');
    selectionFlags(command);
  },
  load: () => import('./run.js'),
});
