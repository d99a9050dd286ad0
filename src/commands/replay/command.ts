import { captureFormats } from '../../recording/formats.js';
import { defineCommand } from '../../contract/command.js';
import type { FlagRule } from '../../contract/flag-rules.js';
import { deliveryFlags, deliveryRules } from '../sending/flags.js';
import { oneOf, speed, wholeNumber } from '../../contract/values.js';
import { selectionFlags } from '../input/selection-flags.js';

const signingRules = ['--fresh', '--algorithm', '--secret-file', '--secret-env'].map((flag): FlagRule => ({
  flag,
  needs: '--resign',
  hint: 'add --resign to sign again; otherwise recorded signatures are sent unchanged',
}));

const dryRules = ['--speed', '--concurrency'].map((flag): FlagRule => ({
  conflict: [flag, '--dry-run'],
  message: `${flag} has no effect when nothing is sent`,
  hint: 'leave out --dry-run',
}));

export const replay = defineCommand({
  name: 'replay',
  examples: [
    { purpose: 'Send every recorded request again, unchanged', line: 'replay captured.ndjson' },
    {
      purpose: 'Re-sign two requests and send them as new events',
      line: 'replay captured.ndjson --only 2,5 --resign --fresh',
    },
  ],
  configure: command => {
    command
      .argument('<file...>', 'Recordings, HAR or raw HTTP files; - for stdin')
      .optionsGroup('What to send:')
      .option('--format <name>', 'Read as this format (default: detected)', oneOf('format', captureFormats))
      .option('--fresh', 'Give each event a new id; needs --resign');
    deliveryFlags(command)
      .optionsGroup('Request:')
      .option('--resign', 'Re-sign (default: keep the recorded signature)')
      .option('--allow-remote', 'Allow sending to a remote receiver')
      .optionsGroup('Delivery:')
      .option('--speed <factor>', 'Keep the recorded pace: 1x, 10x (default: max)', speed)
      .option('--concurrency <number>', 'Requests at once (default: 1)', wholeNumber(1, 1000))
      .optionsGroup('Output:')
      .option('--dry-run', 'Print the requests; send nothing');
    selectionFlags(command);
  },
  rules: [...deliveryRules, ...signingRules, ...dryRules],
  load: () => import('./run.js'),
});
