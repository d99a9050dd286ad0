import { defineCommand } from '../../contract/command.js';
import type { FlagRule } from '../../contract/flag-rules.js';
import { deliveryFlags, deliveryRules } from '../sending/flags.js';
import { reportsOf } from '../documents/report-flag.js';
import { fixtures, offering } from '../../contract/completion-values.js';
import { courseFlags, courseRules, shapeFlags } from '../payload/flags.js';
import { collect, oneOf, wholeNumber } from '../../contract/values.js';

const sourceRules: readonly FlagRule[] = [
  ['--status', '--fixture'],
  ['--status', '<file>'],
  ['--walk', '--fixture'],
  ['--walk', '<file>'],
  ['--event', '--fixture'],
  ['--event', '<file>'],
  ['--fixture', '<file>'],
].map(([one = '', other = '']) => ({
  conflict: [one, other],
  hint: 'send files, fixtures or generated events, one kind at a time',
}));

/** Flags that change a payload. Files are sent byte for byte. */
const fileRules: readonly FlagRule[] = [
  ...['--type', '--customer', '--seed', '--now', '--set', '--unset', '--invalid', '--allow-unknown', '--edit'].map(
    (flag): FlagRule => ({
      conflict: [flag, '<file>'],
      message: `${flag} doesn't apply to files`,
      hint: 'files are sent byte for byte; use --status or --fixture for an event to change',
    }),
  ),
  {
    conflict: ['--type', '--fixture'],
    message: "--type doesn't apply to fixtures",
    hint: 'fixture names include the type: approved is INDIVIDUAL, business-approved is BUSINESS',
  },
];

const loadRules: readonly FlagRule[] = [
  { flag: '--report', needs: '--count', hint: 'a report shows the rate and response times of a load' },
  { conflict: ['--rate', '--delay'], hint: 'both set the pace: pass one of them' },
  ...['--concurrency', '--rate', '--report'].flatMap(flag =>
    ['--print', '--dry-run'].map((printing): FlagRule => ({
      conflict: [flag, printing],
      message: `${flag} has no effect when nothing is sent`,
      hint: `leave out ${printing}`,
    })),
  ),
];

export const send = defineCommand({
  name: 'send',
  examples: [
    { purpose: 'Send an approval to the configured receiver', line: 'send --status APPROVED' },
    {
      purpose: 'Sign a file and send it to your application, byte for byte',
      line: 'send body.json --url http://localhost:3000/webhooks/fin',
    },
  ],
  configure: command => {
    command
      .argument('[file...]', 'Files, folders or globs to send; - for stdin')
      .optionsGroup('What to send:')
      .option('-f, --fixture <name>', 'Send this fixture; repeatable', offering({ candidates: fixtures }, collect));
    courseFlags(command);
    shapeFlags(command).option('--edit', 'Edit the payload in $VISUAL or $EDITOR first');
    deliveryFlags(command)
      .optionsGroup('Request:')
      .option('--unsigned', 'Send without a signature')
      .optionsGroup('Delivery:')
      .option('--count <number>', 'Send N times; each event gets new ids', wholeNumber(1))
      .option('--concurrency <number>', 'Requests at once (default: 1; with --rate: 50)', wholeNumber(1, 1000))
      .option('--rate <number>', 'Send up to this many requests per second', wholeNumber(1, 1_000_000))
      .optionsGroup('Output:')
      .option(
        '--print <format>',
        'Print as http, curl or json; send nothing',
        oneOf('format', ['http', 'curl', 'json']),
      )
      .option('--dry-run', 'Print the requests; send nothing')
      .option('--report <html=file>', 'Write an HTML report of a load; needs --count', reportsOf(['html']));
  },
  rules: [...courseRules, ...sourceRules, ...fileRules, ...loadRules, ...deliveryRules],
  load: () => import('./run.js'),
});
