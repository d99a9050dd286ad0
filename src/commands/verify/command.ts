import { captureFormats } from '../../capture/formats.js';
import { defineCommand } from '../command.js';
import { secretFlags } from '../flags.js';
import { algorithm, oneOf, text } from '../values.js';

export const verify = defineCommand({
  name: 'verify',
  summary: 'check captured signatures offline, and explain a mismatch',
  examples: [
    'verify captured.ndjson',
    'verify request.http --secret-file secret.txt',
    'verify --body body.json --signature 3a3ff32c8876bb8a2126faf91516ba21a4485c0118dd8c6fac64fd78f164319e',
  ],
  configure: command => {
    command
      .argument('[file...]', 'recordings, HAR files, raw HTTP messages; - for standard input')
      .option(
        '--format <name>',
        'recording, har or http (default: as the content tells)',
        oneOf('format', captureFormats),
      )
      .optionsGroup('One body:')
      .option('--body <file>', 'the body exactly as received', text)
      .option('--signature <hex>', 'its x-fin-signature header', text)
      .option('--algorithm <name>', 'its x-fin-signature-algorithm header', algorithm);
    secretFlags(command);
  },
  load: () => import('./run.js'),
});
