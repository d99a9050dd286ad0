import { captureFormats } from '../../recording/formats.js';
import { headerNamesOf } from '../../scheme/definition.js';
import { defaultPreset } from '../../scheme/presets/index.js';
import type { FlagRule } from '../../contract/flag-rules.js';
import { defineCommand } from '../../contract/command.js';
import { secretFlags, settingFlags } from '../../contract/shared-flags.js';
import { algorithm, header, oneOf, text, time, tolerance } from '../../contract/values.js';
import { selectionFlags, selectionNames } from '../input/selection-flags.js';

const headers = headerNamesOf(defaultPreset);

export const verify = defineCommand({
  name: 'verify',
  examples: [
    { purpose: 'Verify every request of a recording', line: 'verify captured.ndjson' },
    {
      purpose: 'Find out why your application rejects a request',
      line: 'verify request.http --secret-file secret.txt',
    },
    { purpose: 'Verify one body and its signature header', line: 'verify --body body.json --signature "$signature"' },
  ],
  configure: command => {
    command
      .optionsGroup('What to verify:')
      .argument('[file...]', 'Recordings, HAR or raw HTTP files; - for stdin')
      .option('--format <name>', 'Read as this format (default: detected)', oneOf('format', captureFormats))
      .option('--body <file>', 'Verify this body, exactly as received', text)
      .option('--signature <hex>', 'Signature header received with --body', text);
    if (headers.algorithm !== undefined)
      command.option('--algorithm <name>', `${headers.algorithm} received with --body`, algorithm);
    command.option('-H, --header <name: value>', 'Another header received with --body; repeatable', header);
    settingFlags(secretFlags(command.optionsGroup('Signature:')), 'scheme')
      .option('--tolerance <duration|none>', "Timestamp tolerance (default: the scheme's)", tolerance)
      .option('--now <time>', 'Verify timestamps as of this time (default: now)', time);
    selectionFlags(command);
  },
  rules: [
    { flag: '--signature', needs: '--body', hint: 'a recording contains it; pass --body to verify one body' },
    { flag: '--algorithm', needs: '--body', hint: 'a recording contains it; pass --body to verify one body' },
    { flag: '--header', needs: '--body', hint: 'a recording contains it; pass --body to verify one body' },
    {
      anyOf: ['<file>', '--body'],
      message: 'nothing to verify',
      hint: 'pass a recording, a HAR file or a raw HTTP request, or use --body with --signature',
    },
    { conflict: ['--body', '<file>'], hint: 'verify one or the other' },
    { flag: '--body', needs: '--signature', hint: `pass the header that came with it, such as ${headers.signature}` },
    { conflict: ['--format', '--body'], hint: '--format is for files' },
    ...selectionNames.map((flag): FlagRule => ({ conflict: [flag, '--body'], hint: `${flag} is for files` })),
    { stdin: ['<file>', '--body', '--secret-file'] },
  ],
  load: () => import('./run.js'),
});
