import { defineCommand } from '../../contract/command.js';
import { reportFlag } from '../documents/report-flag.js';
import { inputFormats } from '../payload/formats.js';
import { event, listOf, oneOf, text } from '../../contract/values.js';

export const validate = defineCommand({
  name: 'validate',
  examples: [
    'validate body.json',
    'validate payloads --event customer.status',
    'validate captured.ndjson --json',
    'validate order.json --schema order.schema.json',
    "validate 'test/**/*.json' --strict --report github",
  ],
  configure: command => {
    command
      .optionsGroup('What to validate:')
      .argument('[file...]', 'Files, folders or globs; - for standard input')
      .option('--event <type>', 'Require this event (default: its event.type)', event)
      .option('--schema <file>', 'Check against your own JSON Schema instead', text)
      .option('--format <name>', 'Read json, ndjson or recording (default: detected)', oneOf('format', inputFormats))
      .optionsGroup('Output:')
      .option('--strict', 'Treat warnings as errors')
      .option('--show <parts>', 'body: show the line with the problem, even in a pipe', listOf('part', ['body']));
    reportFlag(command, ['html', 'github', 'junit', 'sarif']);
  },
  rules: [
    {
      anyOf: ['<file>'],
      message: 'nothing to validate',
      hint: 'name a file, a folder or a glob; - for standard input',
    },
    {
      conflict: ['--schema', '--event'],
      hint: '--event selects a built-in schema, and --schema replaces them',
    },
    { stdin: ['<file>'] },
  ],
  load: () => import('./run.js'),
});
