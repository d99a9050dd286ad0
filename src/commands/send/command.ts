import { defineCommand } from '../command.js';
import { deliveryFlags } from '../sending/flags.js';
import { fixtures, offering } from '../completion-values.js';
import { courseFlags, shapeFlags } from '../payload/flags.js';
import { collect, oneOf, wholeNumber } from '../values.js';

export const send = defineCommand({
  name: 'send',
  examples: [
    'send --status APPROVED',
    'send --status QUEUED,APPROVED --type BUSINESS --delay 500ms',
    'send --fixture approved --set data.email=a@b.example --retries 3',
    'send body.json --unsigned --expect-status 401',
    'send --fixture rejected --print curl',
    'send --status APPROVED --count 1000 --concurrency 50',
  ],
  configure: command => {
    command
      .argument('[file...]', 'bodies to send as they are; - for stdin')
      .optionsGroup('What to send:')
      .option(
        '-f, --fixture <name>',
        'a fixture that ships with it; repeatable',
        offering({ candidates: fixtures }, collect),
      );
    courseFlags(command);
    shapeFlags(command).option('--edit', 'change it in $VISUAL or $EDITOR first');
    deliveryFlags(command)
      .optionsGroup('Request:')
      .option('--unsigned', 'send without a signature')
      .optionsGroup('Delivery:')
      .option('--count <number>', 'send it so often, each event with new ids', wholeNumber(1))
      .option('--concurrency <number>', 'requests at once (default: 1; with --rate: 50)', wholeNumber(1, 1000))
      .option('--rate <number>', 'requests a second, if answers are fast enough', wholeNumber(1, 1_000_000))
      .optionsGroup('Output:')
      .option('--print <form>', 'print it as http, curl or json; send nothing', oneOf('form', ['http', 'curl', 'json']))
      .option('--dry-run', 'the same as --print http');
  },
  load: () => import('./run.js'),
});
