import { defineCommand } from '../../contract/command.js';
import type { FlagRule } from '../../contract/flag-rules.js';
import { cases, offering } from '../../contract/completion-values.js';
import { probeSource } from './probe-flag.js';
import { reportFlag } from '../documents/report-flag.js';
import { secretFlags, settingFlags, settingHelp } from '../../contract/shared-flags.js';
import { connectionFlags, connectionRules } from '../connection/flags.js';
import { duration, names, text, url, wholeNumber } from '../../contract/values.js';

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
      .option('--wait <duration>', 'Wait until the receiver answers', duration)
      .option('--wait-for <url>', 'Wait until this URL answers 2xx (default: 30s)', url)
      .option('--body <file>', 'Send these bytes, not events or a sample', text)
      .option('--allow-remote', 'Allow a remote receiver');
    settingFlags(command, 'headers', 'checkTimeout', 'scheme', 'algorithm');
    connectionFlags(secretFlags(command))
      .optionsGroup('Cases:')
      .option('--only <names>', 'Run only these cases or groups; repeatable', caseNames);
    settingFlags(command, 'skip')
      .option('--strict', 'Fail on advised cases, too')
      .option('--max-time <duration>', 'Set the advised median time (default: 5s)', duration)
      .option('--seed <number>', 'Repeat the customer of an earlier run', wholeNumber(0, 2 ** 32 - 1))
      .option('--rerun <file>', 'Run what failed in this JSON report', text)
      .optionsGroup('Effects:')
      .option('--probe <command|url>', 'Compare the state this shows for {customer}', probeSource)
      .option('--probe-settle <duration>', 'Limit the wait for a stable state (default: 2s)', duration)
      .option('--restart <command>', 'Stop and restart the application, as in a crash', text)
      .optionsGroup('Output:')
      .option('--list', 'Print the cases and why they matter; send nothing')
      .option('--baseline <file>', 'Fail only on failures not in this report', text)
      .option('--update-baseline', 'Replace that report after a complete run');
    reportFlag(command, ['html', 'junit', 'tap', 'github', 'markdown', 'json']);
  },
  rules: [
    { stdin: ['--secret-file', '--body'] },
    ...connectionRules,
    { flag: '--restart', needs: '--probe', hint: 'only a probe can show what a restart changes' },
    { flag: '--probe-settle', needs: '--probe', hint: 'without a probe, there is no state to wait for' },
    { conflict: ['--rerun', '--only'], hint: 'both select cases: pass one of them' },
    { flag: '--update-baseline', needs: '--baseline', hint: 'it names the file to write' },
    ...['--only', '--skip', '--rerun'].map((flag): FlagRule => ({
      conflict: ['--update-baseline', flag],
      hint: 'a baseline has every case',
    })),
  ],
  load: () => import('./run.js'),
});
