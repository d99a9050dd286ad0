import { customerTypes } from '../../event/customer-status/statuses.js';
import { defineCommand } from '../command.js';
import { deliveryFlags } from '../delivery/flags.js';
import { secretFlags } from '../flags.js';
import { assignment, collect, names, oneOf, places, text, time, wholeNumber } from '../values.js';

export const send = defineCommand({
  name: 'send',
  summary: 'sign payloads and send them to a receiver',
  examples: [
    'send --status APPROVED',
    'send --status QUEUED,APPROVED --type BUSINESS --delay 1s',
    'send --fixture approved --set data.email=a@example.com --retries 3',
    'send body.json --unsigned --expect-status 401',
    'send --fixture rejected --print curl',
  ],
  configure: command => {
    command
      .argument('[file...]', 'bodies to send as they are; - for standard input')
      .optionsGroup('What to send:')
      .option('-s, --status <names>', 'generate an event for each of these statuses', names)
      .option('-f, --fixture <name>', 'send a fixture that ships with the program; repeatable', collect)
      .option('--type <type>', 'INDIVIDUAL (the default) or BUSINESS', oneOf('customer type', customerTypes))
      .option('--customer <id>', 'id of the customer', text)
      .option('--set <path=value>', 'change a value: JSON if it parses, else a text; repeatable', assignment)
      .option('--unset <path>', 'leave a key out; repeatable', places)
      .option('--edit', 'change it in $VISUAL or $EDITOR first')
      .option('--seed <number>', 'the same seed and --now make the same bytes', wholeNumber(0, 2 ** 32 - 1))
      .option('--now <time>', 'when the first event was created', time)
      .option('--allow-unknown', 'send a status that is not documented')
      .option('--invalid', 'send what does not fit the schema')
      .option('--unsigned', 'send without a signature');
    deliveryFlags(command)
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
