import { captureFormats } from '../../recording/formats.js';
import { defineCommand } from '../../contract/command.js';
import { settingFlags } from '../../contract/shared-flags.js';
import { oneOf } from '../../contract/values.js';
import { parseTarget } from '../../http/target.js';
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
    command.option('-u, --url <url>', 'Target URL in curl and http (default: recorded)', parseTarget);
    settingFlags(command, 'scheme');
    selectionFlags(command);
  },
  rules: [
    {
      conflict: ['--url', '--to har'],
      message: '--url has no effect on a HAR file',
      hint: 'leave it out, or export to curl or http',
    },
  ],
  load: () => import('./run.js'),
});
