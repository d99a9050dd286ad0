import { defineCommand } from '../command.js';
import { secretFlags, settingFlags, settingHelp } from '../flags.js';
import { cases, offering } from '../completion-values.js';
import { reportFlag } from '../report-flag.js';
import { duration, names, text, url, wholeNumber } from '../values.js';

const caseNames = offering({ candidates: cases }, names);

export const check = defineCommand({
  name: 'check',
  examples: [
    'check http://localhost:3000/webhooks/fin',
    'check http://localhost:3000/ --wait 30s --report junit=check.xml',
    'check --only refuses,still-alive --strict',
    'check --list',
  ],
  configure: command => {
    command
      .argument('[url]', settingHelp('url'), url)
      .optionsGroup('Request:')
      .option('--wait <duration>', 'until the receiver accepts connections', duration)
      .option('--allow-remote', 'for another machine than this one');
    settingFlags(command, 'headers', 'checkTimeout', 'algorithm');
    secretFlags(command)
      .option('--cacert <file>', 'trust the authorities in this file, too', text)
      .option('--insecure', 'trust any certificate')
      .optionsGroup('Cases:')
      .option('--only <names>', 'these cases or groups alone; repeatable', caseNames);
    settingFlags(command, 'skip')
      .option('--strict', 'fail on what is only advised, too')
      .option('--max-time <duration>', 'advised median time of an answer (default: 5s)', duration)
      .option('--seed <number>', 'the same seed makes the same customer', wholeNumber(0, 2 ** 32 - 1))
      .optionsGroup('Output:')
      .option('--list', 'print the cases and why they matter; send nothing');
    reportFlag(command, ['junit', 'tap', 'github', 'markdown', 'json']);
  },
  load: () => import('./run.js'),
});
