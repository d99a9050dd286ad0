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
    { purpose: 'Print events as they arrive', line: 'listen' },
    {
      purpose: 'Forward verified events to your application',
      line: 'listen --forward-to http://localhost:3000/webhooks/fin',
    },
    {
      purpose: 'Wait for an approval; fail if none arrives in 30 seconds',
      line: 'listen --match data.customer_status=APPROVED --timeout 30s',
    },
  ],
  rules: [
    { conflict: ['--respond', '--forward-to'], hint: 'both decide the response: pass one of them' },
    { conflict: ['--respond', '--forward-unverified'], hint: 'with --respond, nothing is forwarded' },
    { flag: '--distinct', needs: '--count', hint: 'add --count with the number of events to wait for' },
    ...webRules,
    { stdin: ['--secret-file'] },
  ],
  configure: command => {
    settingFlags(command.optionsGroup('Receiver:'), 'port', 'host')
      .option('--path <path>', 'Accept only this path; return 404 for others', path)
      .option('--no-verify', 'Accept requests with any signature, or none')
      .option('--max-body <size>', 'Return 413 for larger bodies (default: 1MiB)', size)
      .option('--respond <list>', 'Respond with these in turn: 500,drop,hang,200', script)
      .option('--respond-delay <duration>', 'Delay responses to verified events this long', duration);
    settingFlags(secretFlags(command), 'scheme').option(
      '--tolerance <duration|none>',
      "Timestamp tolerance (default: the scheme's)",
      tolerance,
    );
    settingFlags(command.optionsGroup('Forwarding:'), 'forwardTo')
      .option('--forward-unverified', 'Also forward requests with a bad signature')
      .option('--forward-timeout <duration>', 'Time limit for its response (default: 10s)', duration)
      .option('--forward-header <header>', 'Set a header, as "name: value"; repeatable', header)
      .option('--forward-host <host>', "Send this Host header (default: the URL's)", hostName)
      .option('--forward-cacert <file>', 'Also trust the CA certificates in this PEM file', text)
      .option('--forward-insecure', "Don't verify the application's certificate")
      .optionsGroup('Expectation (exits with 0 when met, 1 when not):')
      .option('--count <number>', 'Exit after N verified events', wholeNumber(1))
      .option('--distinct', 'Count each event.id only once')
      .option('--match <path=value>', 'Count only events with this value; repeatable', match)
      .option('--timeout <duration>', 'Give up after this long', duration)
      .optionsGroup('Output:');
    settingFlags(command, 'save')
      .option('--fsync', 'Flush records to disk, to survive a power loss')
      .option('--ready-file <file>', 'Write the URL to this file when ready', text);
    webFlags(showFlag(command));
  },
  load: () => import('./run.js'),
});
