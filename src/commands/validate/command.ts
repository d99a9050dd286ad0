import { defineCommand } from '../command.js';
import { reportFlag } from '../documents/report-flag.js';
import { event, listOf, oneOf } from '../values.js';
import { bodyFormats } from './formats.js';

export const validate = defineCommand({
  name: 'validate',
  examples: [
    'validate body.json',
    'validate payloads --event customer.status',
    'validate captured.ndjson --json',
    "validate 'test/**/*.json' --strict --report github",
  ],
  configure: command => {
    command
      .optionsGroup('What to validate:')
      .argument('[file...]', 'files, folders, globs; - for stdin')
      .option('--event <type>', 'what each has to be (default: its event.type)', event)
      .option('--format <name>', 'json, ndjson or recording (default: detected)', oneOf('format', bodyFormats))
      .optionsGroup('Output:')
      .option('--strict', 'take warnings for errors')
      .option('--show <parts>', 'body: the line with the problem, even in a pipe', listOf('part', ['body']));
    reportFlag(command, ['github', 'junit']);
  },
  load: () => import('./run.js'),
});
