import { defineCommand } from '../../contract/command.js';
import { secretFlags, settingFlags } from '../../contract/shared-flags.js';
import { named, offering } from '../../contract/completion-values.js';
import { headerId, text, time } from '../../contract/values.js';
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
    settingFlags(
      command.argument('<file>', 'Body to sign; - for stdin'),
      'scheme',
      'algorithm',
      'url',
      'headers',
    ).option(
      '--only <header>',
      'Print only the value of this header',
      offering({ candidates: named(headersOf(defaultPreset)) }, text),
    );
    command
      .option('--id <id>', 'Sign this id, if the scheme has one', headerId)
      .option('--now <time>', 'Sign this time instead of now', time);
    secretFlags(command);
  },
  rules: [{ stdin: ['<file>', '--secret-file'] }],
  load: () => import('./run.js'),
});
