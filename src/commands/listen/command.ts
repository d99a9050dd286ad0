import { defineCommand } from '../../contract/command.js';
import { showFlag } from '../sending/flags.js';
import { secretFlags, settingFlags } from '../../contract/shared-flags.js';
import { webFlags, webRules } from '../page/flags.js';
import {
  duration,
  header,
  hostName,
  match,
  path,
  script,
  size,
  text,
  tolerance,
  wholeNumber,
} from '../../contract/values.js';

export const listen = defineCommand({
  name: 'listen',
  examples: [
    'listen --web',
    'listen --port 0 --ready-file url.txt',
    'listen --match data.customer_status=APPROVED --timeout 30s',
    'listen --respond 500,500,200 --respond-delay 500ms',
    'listen --save captured.ndjson --forward-to http://localhost:3000',
    'listen --json --show headers,body',
  ],
  rules: [
    { conflict: ['--respond', '--forward-to'], hint: 'both decide the answers: pass one of them' },
    { conflict: ['--respond', '--forward-unverified'], hint: 'with --respond, nothing is forwarded' },
    { flag: '--distinct', needs: '--count', hint: 'it sets how many events to wait for' },
    ...webRules,
    { stdin: ['--secret-file'] },
  ],
  configure: command => {
    settingFlags(command.optionsGroup('Receiver:'), 'port', 'host')
      .option('--path <path>', 'Answer 404 to every other path', path)
      .option('--no-verify', 'Accept any signature, or none')
      .option('--max-body <size>', 'Answer 413 to larger bodies (default: 1MiB)', size)
      .option('--respond <list>', 'Answer in turn with statuses, drop or hang', script)
      .option('--respond-delay <duration>', 'Wait before each answer to a verified event', duration);
    settingFlags(command, 'scheme').option(
      '--tolerance <duration|none>',
      "Replace the scheme's tolerance of time",
      tolerance,
    );
    secretFlags(command);
    settingFlags(command.optionsGroup('Forwarding:'), 'forwardTo')
      .option('--forward-unverified', 'Forward requests with a bad signature, too')
      .option('--forward-timeout <duration>', 'Limit the wait for its answer (default: 10s)', duration)
      .option('--forward-header <header>', 'Set "name: value" in each request; repeatable', header)
      .option('--forward-host <host>', 'Send this Host header instead of its own', hostName)
      .option('--forward-cacert <file>', 'Also trust the authorities in this file (PEM)', text)
      .option('--forward-insecure', 'Accept any certificate from the application')
      .optionsGroup('Expectation (ends with 0 when met, with 1 when not):')
      .option('--count <number>', 'End after N verified events', wholeNumber(1))
      .option('--distinct', 'Count each event.id once')
      .option('--match <path=value>', 'Count only events with this value; repeatable', match)
      .option('--timeout <duration>', 'Give up after this long', duration)
      .optionsGroup('Output:');
    settingFlags(command, 'save')
      .option('--fsync', 'Wait for the disk: records survive a power loss')
      .option('--ready-file <file>', 'Write the URL here while accepting connections', text);
    webFlags(showFlag(command));
  },
  load: () => import('./run.js'),
});
