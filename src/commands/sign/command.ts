import { defineCommand } from '../command.js';
import { secretFlags } from '../flags.js';
import { algorithm, oneOf } from '../values.js';
import { defaultPreset } from '../../scheme/presets/index.js';
import { headersOf } from '../../scheme/definition.js';

export const sign = defineCommand({
  name: 'sign',
  examples: [
    'sign body.json',
    `sign body.json --only ${defaultPreset.signature.header}`,
    'fixtures approved | webhook-cli sign -',
  ],
  configure: command => {
    command
      .argument('<file>', 'the body; - for stdin')
      .option('--algorithm <name>', 'sha256, sha384 or sha512 (default: sha256)', algorithm)
      .option('--only <header>', 'print the value of this header alone', oneOf('header', headersOf(defaultPreset)));
    secretFlags(command);
  },
  load: () => import('./run.js'),
});
