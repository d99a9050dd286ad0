import { defineCommand } from '../command.js';
import { reportFlag } from '../report-flag.js';
import { event, listOf, oneOf } from '../values.js';
import { bodyFormats } from './formats.js';

export const validate = defineCommand({
  name: 'validate',
  summary: 'check JSON files against the schemas, with line and column',
  examples: [
    'validate body.json',
    'validate fixtures/events --strict',
    'validate captured.ndjson --json',
    "validate 'test/**/*.json' --event customer.status --report github",
  ],
  configure: command => {
    command
      .argument('[file...]', 'files, folders, globs; - for standard input')
      .option('--event <type>', 'the event that each has to be (default: as its event.type says)', event)
      .option('--strict', 'take warnings for errors')
      .option(
        '--format <name>',
        'json, ndjson or recording (default: as the content tells)',
        oneOf('format', bodyFormats),
      )
      .option('--show <parts>', 'body: the line with the problem, even where no terminal is', listOf('part', ['body']));
    reportFlag(command, ['github', 'junit']);
  },
  load: () => import('./run.js'),
});
