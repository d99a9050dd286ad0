import { defineCommand } from '../command.js';
import { deliveryFlags } from '../delivery/flags.js';
import { secretFlags } from '../flags.js';
import { offering } from '../offer.js';
import { fixtures } from '../offers.js';
import { courseFlags, shapeFlags } from '../payload/flags.js';
import { collect, oneOf, wholeNumber } from '../values.js';

export const send = defineCommand({
  name: 'send',
  summary: 'sign payloads and send them to a receiver',
  examples: [
    'send --status APPROVED',
    'send --status QUEUED,APPROVED --type BUSINESS --delay 1s',
    'send --event transaction.status --status COMPLETED',
    'send --fixture approved --set data.email=a@example.com --retries 3',
    'send body.json --unsigned --expect-status 401',
    'send --fixture rejected --print curl',
    'send --status APPROVED --count 10000 --concurrency 50',
  ],
  configure: command => {
    command
      .argument('[file...]', 'bodies to send as they are; - for standard input')
      .optionsGroup('What to send:')
      .option(
        '-f, --fixture <name>',
        'send a fixture that ships with the program; repeatable',
        offering({ candidates: fixtures }, collect),
      );
    courseFlags(command);
    shapeFlags(command)
      .option('--edit', 'change it in $VISUAL or $EDITOR first')
      .option('--unsigned', 'send without a signature');
    deliveryFlags(command)
      .optionsGroup('Load (of what goes wrong, the first of each kind is shown; the rest is counted):')
      .option('--count <number>', 'send all of it so often, each event with ids of its own', wholeNumber(1))
      .option(
        '--concurrency <number>',
        'requests on their way at a time (default: 1; with --rate 50)',
        wholeNumber(1, 1000),
      )
      .option('--rate <number>', 'so many requests a second, if answers are fast enough', wholeNumber(1, 1_000_000))
      .optionsGroup('Output:')
      .option(
        '--print <form>',
        'send nothing; print the request: http, curl or json',
        oneOf('form', ['http', 'curl', 'json']),
      )
      .option('--dry-run', 'the same as --print http');
    secretFlags(command);
  },
  load: () => import('./run.js'),
});
