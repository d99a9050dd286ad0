import { captureFormats } from '../../recording/formats.js';
import { defineCommand } from '../../contract/command.js';
import { oneOf } from '../../contract/values.js';

export const exportCaptures = defineCommand({
  name: 'export',
  examples: ['export captured.ndjson --to har', 'export captured.ndjson --to curl'],
  configure: command => {
    command
      .argument('<file>', 'A recording, a HAR file or a raw HTTP request; - for stdin')
      .requiredOption('--to <form>', 'Write har, http or curl', oneOf('form', ['har', 'http', 'curl']))
      .option('--format <name>', 'Read recording, har or http (default: detected)', oneOf('format', captureFormats));
  },
  load: () => import('./run.js'),
});
