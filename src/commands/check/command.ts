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
    { purpose: 'Test your application', line: 'check http://localhost:3000/webhooks/fin' },
    {
      purpose: 'Wait for it to start in CI, and write a JUnit report',
      line: 'check http://localhost:3000/ --wait 30s --report junit=check.xml',
    },
    { purpose: 'Run only some cases', line: 'check --only refuses,still-alive' },
    { purpose: 'List all cases', line: 'check --list' },
  ],
  configure: command => {
    command
      .argument('[url]', settingHelp('url'), url)
      .optionsGroup('Request:')
      .option('--wait <duration>', 'Wait up to this long for the receiver to start', duration)
      .option('--wait-for <url>', 'Wait for a 2xx from this URL, by default for 30s', url)
      .option('--body <file>', 'Send this body instead of a generated one', text)
      .option('--allow-remote', 'Allow sending to a remote receiver');
    secretFlags(settingFlags(command, 'headers'));
    connectionFlags(settingFlags(command, 'scheme', 'algorithm', 'checkTimeout'))
      .optionsGroup('Cases:')
      .option('--only <names>', 'Run only these cases or groups; repeatable', caseNames);
    settingFlags(command, 'skip')
      .option('--strict', 'Also fail when an advised case fails')
      .option('--max-time <duration>', 'Advised median response time (default: 5s)', duration)
      .option('--seed <number>', 'Use the customer of the run with this seed', wholeNumber(0, 2 ** 32 - 1))
      .option('--rerun <file>', 'Run only the cases that failed in this JSON report', text)
      .optionsGroup('Effects on your application:')
      .option('--probe <command|url>', 'Command or URL that shows the state of {customer}', probeSource)
      .option('--probe-settle <duration>', 'Time limit for the state to settle (default: 2s)', duration)
      .option('--restart <command>', 'Command that stops and restarts the application', text)
      .optionsGroup('Output:')
      .option('--list', 'List the cases and why they matter; send nothing')
      .option('--baseline <file>', "Fail only on failures that aren't in this report", text)
      .option('--update-baseline', 'Replace the --baseline report after a complete run');
    reportFlag(command, ['html', 'junit', 'tap', 'github', 'markdown', 'json']);
  },
  rules: [
    { stdin: ['--secret-file', '--body'] },
    ...connectionRules,
    { flag: '--restart', needs: '--probe', hint: 'add --probe to compare the state before and after' },
    { flag: '--probe-settle', needs: '--probe', hint: 'add --probe to read the state' },
    { conflict: ['--rerun', '--only'], hint: 'both select cases: pass one of them' },
    { flag: '--update-baseline', needs: '--baseline', hint: 'add --baseline with the report to replace' },
    ...['--only', '--skip', '--rerun'].map((flag): FlagRule => ({
      conflict: ['--update-baseline', flag],
      hint: 'a baseline covers every case',
    })),
  ],
  load: () => import('./run.js'),
});
