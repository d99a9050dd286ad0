import { defineCommand } from '../../contract/command.js';
import { secretFlags, settingFlags } from '../../contract/shared-flags.js';
import { oneOf } from '../../contract/values.js';
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
    settingFlags(command.argument('<file>', 'Body to sign; - for stdin'), 'algorithm').option(
      '--only <header>',
      'Print the value of this header alone',
      oneOf('header', headersOf(defaultPreset)),
    );
    secretFlags(command);
  },
  rules: [{ stdin: ['<file>', '--secret-file'] }],
  load: () => import('./run.js'),
});
