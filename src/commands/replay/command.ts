import { captureFormats } from '../../recording/formats.js';
import { defineCommand } from '../command.js';
import { deliveryFlags } from '../sending/flags.js';
import { match, oneOf, positions, speed, wholeNumber } from '../values.js';

export const replay = defineCommand({
  name: 'replay',
  examples: [
    'replay captured.ndjson',
    'replay captured.ndjson --only 2,5 --resign --fresh',
    'replay captured.ndjson --match data.customer_status=APPROVED',
    'replay captured.ndjson --resign --speed 10x',
  ],
  configure: command => {
    command
      .argument('<file...>', 'recordings, HAR, raw HTTP; - for stdin')
      .optionsGroup('What to send:')
      .option('--only <positions>', 'these alone, as verify numbers them', positions)
      .option('--match <path=value>', 'only events that have this value; repeatable', match)
      .option('--format <name>', 'recording, har or http (default: detected)', oneOf('format', captureFormats))
      .option('--fresh', 'give each event a new id; needs --resign');
    deliveryFlags(command)
      .optionsGroup('Request:')
      .option('--resign', 'sign anew (default: the recorded signature)')
      .option('--allow-remote', 'for another machine than this one')
      .optionsGroup('Delivery:')
      .option('--speed <factor>', 'the recorded pace: 1x, 10x (default: max)', speed)
      .option('--concurrency <number>', 'requests at once (default: 1)', wholeNumber(1, 1000));
  },
  load: () => import('./run.js'),
});
