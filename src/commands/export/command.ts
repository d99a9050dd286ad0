import { captureFormats } from '../../recording/formats.js';
import { defineCommand } from '../../contract/command.js';
import { settingFlags } from '../../contract/shared-flags.js';
import { oneOf } from '../../contract/values.js';
import { selectionFlags } from '../input/selection-flags.js';

export const exportCaptures = defineCommand({
  name: 'export',
  examples: ['export captured.ndjson --to har', 'export captured.ndjson --to curl'],
  configure: command => {
    command
      .argument('<file>', 'A recording, HAR, raw HTTP or another; - for stdin')
      .requiredOption('--to <form>', 'Write har, http or curl', oneOf('form', ['har', 'http', 'curl']))
      .option('--format <name>', 'Read it as this format (default: detected)', oneOf('format', captureFormats));
    settingFlags(command, 'scheme');
    selectionFlags(command);
  },
  load: () => import('./run.js'),
});
