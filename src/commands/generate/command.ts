import { defineCommand } from '../../contract/command.js';
import { secretFlags, settingFlags } from '../../contract/shared-flags.js';
import { courseFlags, courseRules, shapeFlags } from '../payload/flags.js';
import { bodyFormats, outputFormats, requestFormats } from '../payload/formats.js';
import { oneOf, share, text, wholeNumber } from '../../contract/values.js';

const requestFlags = ['--url', '--header', '--scheme', '--algorithm', '--secret-file', '--secret-env'];

export const generate = defineCommand({
  name: 'generate',
  examples: [
    'generate --status APPROVED --seed 1 --now 2026-01-31T09:30:00Z',
    'generate --walk --type BUSINESS',
    'generate --event transaction.status --count 1000',
    'generate --walk --out events',
    'generate --signed --format curl --url http://localhost:3000',
  ],
  configure: command => {
    courseFlags(command.optionsGroup('What to generate:'))
      .option('--count <number>', 'Repeat N times, for another customer each time', wholeNumber(1, 10_000_000))
      .option('--part <i/n>', 'Write one of n shares, such as 2/8', share);
    shapeFlags(command).optionsGroup('Request:').option('--signed', 'Write whole requests with their signatures');
    settingFlags(command, 'url', 'headers', 'scheme', 'algorithm');
    secretFlags(command)
      .optionsGroup('Output:')
      .option('--format <name>', `Write ${requestFormats.join(', ')}`, oneOf('format', outputFormats))
      .option('--out <folder>', 'Write one file for each event; never overwrite one', text);
  },
  rules: [
    ...courseRules,
    { flag: '--part', needs: '--count', hint: '--part is a share of that number' },
    ...['--seed', '--now'].map(needs => ({ flag: '--part', needs, hint: 'all parts need the same value' })),
    {
      flag: '--format',
      values: requestFormats,
      needs: '--signed',
      hint: `it holds requests; for bodies, one of ${bodyFormats.join(', ')}`,
    },
    { flag: '--format', values: ['artillery'], needs: '--out', hint: 'it is several files: pass --out <folder>' },
    {
      conflict: ['--format', '--signed'],
      values: bodyFormats,
      hint: `it holds bodies only; for requests, one of ${requestFormats.join(', ')}`,
    },
    ...requestFlags.map(flag => ({ flag, needs: '--signed', hint: 'without --signed, only bodies are written' })),
  ],
  load: () => import('./run.js'),
});
