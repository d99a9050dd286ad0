import { defineCommand } from '../../contract/command.js';
import { secretFlags, settingFlags } from '../../contract/shared-flags.js';
import { courseFlags, courseRules, shapeFlags } from '../payload/flags.js';
import { bodyFormats, outputFormats, requestFormats } from '../payload/formats.js';
import { oneOf, share, text, wholeNumber } from '../../contract/values.js';

const requestFlags = ['--url', '--header', '--scheme', '--algorithm', '--secret-file', '--secret-env'];

export const generate = defineCommand({
  name: 'generate',
  examples: [
    { purpose: 'Print a payload', line: 'generate --status APPROVED' },
    {
      purpose: 'Print the same payload each time',
      line: 'generate --status APPROVED --seed 1 --now 2026-01-31T09:30:00Z',
    },
    {
      purpose: 'Write the events of one business, one file per event',
      line: 'generate --walk --type BUSINESS --out events',
    },
    { purpose: 'Print 1000 payloads of another event', line: 'generate --event transaction.status --count 1000' },
    {
      purpose: 'Print a signed request as a curl command',
      line: 'generate --signed --format curl --url http://localhost:3000',
    },
  ],
  configure: command => {
    courseFlags(command.optionsGroup('What to generate:'))
      .option('--count <number>', 'Repeat N times, each time for another customer', wholeNumber(1, 10_000_000))
      .option('--part <i/n>', 'Write part i of n, such as 2/8; needs --count', share);
    shapeFlags(command).optionsGroup('Request:').option('--signed', 'Write signed requests instead of payloads');
    secretFlags(settingFlags(command, 'url', 'headers'));
    settingFlags(command, 'scheme', 'algorithm')
      .optionsGroup('Output:')
      .option('--format <name>', `Write ${requestFormats.join(', ')}`, oneOf('format', outputFormats))
      .option('--out <folder>', 'Write one file per event to this folder', text);
  },
  rules: [
    ...courseRules,
    { flag: '--part', needs: '--count', hint: 'add --count with the number to divide into parts' },
    ...['--seed', '--now'].map(needs => ({ flag: '--part', needs, hint: 'all parts need the same value' })),
    {
      flag: '--format',
      values: requestFormats,
      needs: '--signed',
      hint: `add --signed, or use a format for payloads: ${bodyFormats.join(' or ')}`,
    },
    { flag: '--format', values: ['artillery'], needs: '--out', hint: 'it writes several files: add --out <folder>' },
    {
      conflict: ['--format', '--signed'],
      values: bodyFormats,
      hint: `leave out --signed, or use a format for requests: ${requestFormats.join(', ')}`,
    },
    ...requestFlags.map(flag => ({
      flag,
      needs: '--signed',
      hint: 'add --signed to write requests instead of payloads',
    })),
  ],
  load: () => import('./run.js'),
});
