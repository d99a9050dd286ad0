import { defineCommand } from '../../contract/command.js';
import { showFlag } from '../sending/flags.js';
import { secretFlags, settingFlags } from '../../contract/shared-flags.js';
import { duration, match, path, script, size, text, wholeNumber } from '../../contract/values.js';

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
  rules: [
    { conflict: ['--respond', '--forward-to'], hint: 'either of them makes the answers' },
    { conflict: ['--respond', '--forward-unverified'], hint: 'with --respond, nothing is forwarded' },
    { stdin: ['--secret-file'] },
  ],
  configure: command => {
    settingFlags(command.optionsGroup('Receiver:'), 'port', 'host')
      .option('--path <path>', 'Answer 404 to every other path', path)
      .option('--no-verify', 'Accept any signature, or none')
      .option('--max-body <size>', 'Answer 413 to larger bodies (default: 1MiB)', size)
      .option('--respond <list>', 'Answer in turn with statuses, drop or hang', script)
      .option('--respond-delay <duration>', 'Wait before each answer to a verified event', duration);
    settingFlags(command, 'forwardTo').option('--forward-unverified', 'Forward requests with a bad signature, too');
    secretFlags(command)
      .optionsGroup('Expectation (ends with 0 when met, with 1 when not):')
      .option('--count <number>', 'End after N verified events', wholeNumber(1))
      .option('--match <path=value>', 'Count only events that have this value; repeatable', match)
      .option('--timeout <duration>', 'End when they have not come in time', duration)
      .optionsGroup('Output:');
    settingFlags(command, 'save')
      .option('--fsync', 'Wait for the disk: records survive a power loss')
      .option('--ready-file <file>', 'Write the URL here while connections are accepted', text);
    showFlag(command);
  },
  load: () => import('./run.js'),
});
