import { defineCommand } from '../../contract/command.js';
import { reportFlag } from '../documents/report-flag.js';
import { inputFormats } from '../payload/formats.js';
import { event, listOf, oneOf, text } from '../../contract/values.js';

export const validate = defineCommand({
  name: 'validate',
  examples: [
    { purpose: 'Validate one payload', line: 'validate body.json' },
    { purpose: 'Validate all files in a folder as one event', line: 'validate payloads --event customer.status' },
    {
      purpose: 'Fail on warnings, and annotate the files on GitHub',
      line: "validate 'test/**/*.json' --strict --report github",
    },
    { purpose: 'Use your own schema', line: 'validate order.json --schema order.schema.json' },
    { purpose: 'Validate the bodies of recorded requests', line: 'validate captured.ndjson' },
  ],
  configure: command => {
    command
      .optionsGroup('What to validate:')
      .argument('[file...]', 'Files, folders or globs to validate; - for stdin')
      .option('--event <type>', 'Validate as this event (default: its event.type)', event)
      .option('--schema <file>', 'Use your own JSON Schema instead', text)
      .option('--format <name>', 'Read json, ndjson or recording (default: detected)', oneOf('format', inputFormats))
      .optionsGroup('Output:')
      .option('--strict', 'Treat warnings as errors')
      .option('--show <parts>', 'body: quote the line of each problem, even in a pipe', listOf('part', ['body']));
    reportFlag(command, ['html', 'github', 'junit', 'sarif']);
  },
  rules: [
    {
      anyOf: ['<file>'],
      message: 'nothing to validate',
      hint: 'pass a file, a folder or a glob; - for standard input',
    },
    {
      conflict: ['--schema', '--event'],
      hint: '--event selects a built-in schema, and --schema replaces them',
    },
    { stdin: ['<file>'] },
  ],
  load: () => import('./run.js'),
});
