import { defineCommand } from '../command.js';
import { showFlag } from '../sending/flags.js';
import { secretFlags, settingFlags } from '../flags.js';
import { duration, match, path, script, size, text, wholeNumber } from '../values.js';

export const listen = defineCommand({
  name: 'listen',
  examples: [
    'listen',
    'listen --port 0 --ready-file url.txt',
    'listen --match data.customer_status=APPROVED --timeout 30s',
    'listen --respond 500,500,200 --respond-delay 500ms',
    'listen --save captured.ndjson --forward-to http://localhost:3000',
    'listen --json --show headers,body',
  ],
  configure: command => {
    settingFlags(command.optionsGroup('Receiver:'), 'port', 'host')
      .option('--path <path>', 'answer 404 to every other path', path)
      .option('--no-verify', 'accept every signature, and none')
      .option('--max-body <size>', 'answer 413 to larger bodies (default: 1MiB)', size)
      .option('--respond <list>', 'answers in turn: statuses, drop or hang', script)
      .option('--respond-delay <duration>', 'wait before each of these answers', duration);
    settingFlags(command, 'forwardTo').option('--forward-unverified', 'hand on the others, too');
    secretFlags(command)
      .optionsGroup('Expectation (ends with 0 when met, with 1 when not):')
      .option('--count <number>', 'end after so many verified events', wholeNumber(1))
      .option('--match <path=value>', 'count only events that have this value; repeatable', match)
      .option('--timeout <duration>', 'end when they did not come in time', duration)
      .optionsGroup('Output:');
    settingFlags(command, 'save')
      .option('--fsync', 'wait for the disk with each of them')
      .option('--ready-file <file>', 'holds the URL as long as connections are accepted', text);
    showFlag(command);
  },
  load: () => import('./run.js'),
});
