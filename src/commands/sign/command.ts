import { defineCommand } from '../../contract/command.js';
import { secretFlags, settingFlags } from '../../contract/shared-flags.js';
import { named, offering } from '../../contract/completion-values.js';
import { headerId, text, time } from '../../contract/values.js';
import { defaultPreset } from '../../scheme/presets/index.js';
import { headersOf } from '../../scheme/definition.js';

export const sign = defineCommand({
  name: 'sign',
  examples: [
    { purpose: 'Print the signature headers for a body', line: 'sign body.json' },
    { purpose: 'Print only the signature', line: `sign body.json --only ${defaultPreset.signature.header}` },
    { purpose: 'Sign a fixture', line: 'fixtures approved | webhook-cli sign -' },
  ],
  configure: command => {
    secretFlags(command.argument('<file>', 'Body to sign; - for stdin'));
    settingFlags(command, 'scheme', 'algorithm', 'url', 'headers').option(
      '--only <header>',
      'Print only the value of this header',
      offering({ candidates: named(headersOf(defaultPreset)) }, text),
    );
    command
      .option('--id <id>', 'Message id, for schemes that sign one', headerId)
      .option('--now <time>', 'Time of the signature (default: now)', time);
  },
  rules: [{ stdin: ['<file>', '--secret-file'] }],
  load: () => import('./run.js'),
});
