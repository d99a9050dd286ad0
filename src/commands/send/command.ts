import { customerStatusNames, customerTypes } from '../../event/customer-status/statuses.js';
import { defineCommand } from '../command.js';
import { secretFlags } from '../flags.js';
import { algorithm, collect, duration, header, listOf, oneOf, statuses, time, url, wholeNumber } from '../values.js';

export const send = defineCommand({
  name: 'send',
  summary: 'sign payloads and send them to a receiver',
  examples: [
    'send --status APPROVED',
    'send --status QUEUED,REVIEWING,APPROVED --type BUSINESS',
    'send --fixture approved --url http://localhost:3000/webhooks/fin',
    'send body.json --expect-status 2xx',
  ],
  configure: command => {
    command
      .argument('[file...]', 'bodies to send as they are; - for standard input')
      .optionsGroup('What to send:')
      .option(
        '-s, --status <names>',
        'generate an event for each of these statuses',
        listOf('status', customerStatusNames),
      )
      .option('-f, --fixture <name>', 'send a fixture that ships with the program; repeatable', collect)
      .option('--type <type>', 'INDIVIDUAL (the default) or BUSINESS', oneOf('customer type', customerTypes))
      .option('--customer <id>', 'id of the customer')
      .option('--seed <number>', 'the same seed and --now make the same bytes', wholeNumber(0, 2 ** 32 - 1))
      .option('--now <time>', 'when the first event was created', time)
      .optionsGroup('Request:')
      .option('-u, --url <url>', 'the receiver (default: WEBHOOK_URL, else http://127.0.0.1:4665/)', url)
      .option('-H, --header <name: value>', 'another header; repeatable', header)
      .option('--algorithm <name>', 'sha256 (the default), sha384 or sha512', algorithm)
      .option('--unsigned', 'send without a signature')
      .option('--timeout <duration>', 'for each attempt as a whole (default: 10s)', duration)
      .optionsGroup('Judgement:')
      .option(
        '--expect-status <set>',
        'statuses that count as success, such as 401 or 200,204 (default: 2xx)',
        statuses,
      );
    secretFlags(command);
  },
  load: () => import('./run.js'),
});
