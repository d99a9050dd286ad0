import { captureFormats } from '../../capture/formats.js';
import { defineCommand } from '../command.js';
import { deliveryFlags } from '../delivery/flags.js';
import { secretFlags } from '../flags.js';
import { match, oneOf, positions, speed, wholeNumber } from '../values.js';

export const replay = defineCommand({
  name: 'replay',
  summary: 'send captured requests again: as they were, or signed anew',
  examples: [
    'replay captured.ndjson',
    'replay captured.ndjson --only 2,5 --resign --fresh',
    'replay captured.ndjson --match data.customer_status=APPROVED --speed 10x',
  ],
  configure: command => {
    command
      .argument('<file...>', 'recordings, HAR files, raw HTTP messages; - for standard input')
      .optionsGroup('What to send:')
      .option('--only <positions>', 'these alone, as verify numbers them', positions)
      .option('--match <path=value>', 'only events that have this value; repeatable', match)
      .option(
        '--format <name>',
        'recording, har or http (default: as the content tells)',
        oneOf('format', captureFormats),
      )
      .option('--resign', "sign with today's secret (default: the recorded signature goes out)")
      .option('--fresh', 'give each event a new id; needs --resign')
      .option('--speed <factor>', 'keep the recorded pace: 1x, 10x (default: max)', speed)
      .option('--concurrency <number>', 'requests on their way at a time (default: 1)', wholeNumber(1, 1000))
      .option('--allow-remote', 'send to another machine than this one');
    deliveryFlags(command);
    secretFlags(command);
  },
  load: () => import('./run.js'),
});
