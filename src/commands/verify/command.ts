import { captureFormats } from '../../recording/formats.js';
import { defaultPreset } from '../../scheme/presets/index.js';
import { defineCommand } from '../command.js';
import { secretFlags } from '../flags.js';
import { algorithm, oneOf, text } from '../values.js';

export const verify = defineCommand({
  name: 'verify',
  examples: [
    'verify captured.ndjson',
    'verify request.http --secret-file secret.txt',
    'verify --body body.json --signature "$signature"',
  ],
  configure: command => {
    command
      .optionsGroup('What to verify:')
      .argument('[file...]', 'recordings, HAR, raw HTTP; - for stdin')
      .option('--format <name>', 'recording, har or http (default: detected)', oneOf('format', captureFormats))
      .option('--body <file>', 'instead: one body, exactly as received', text)
      .option('--signature <hex>', `its ${defaultPreset.signature.header} header`, text)
      .option('--algorithm <name>', `its ${defaultPreset.algorithmHeader?.name ?? ''} header`, algorithm)
      .optionsGroup('Secret:');
    secretFlags(command);
  },
  load: () => import('./run.js'),
});
