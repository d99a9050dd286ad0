import type { NoOperationTraceWriter } from '@actions/workflow-parser';
import type { parseAction } from '@actions/workflow-parser/actions/action-parser';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import { root } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';

interface Parser {
  NoOperationTraceWriter: typeof NoOperationTraceWriter;
  parseAction: typeof parseAction;
}

/** Returns the errors that GitHub's own parser finds in an action. It imports JSON as bundlers do and Node doesn't. */
export async function problemsOfAction(): Promise<(content: string) => string[]> {
  const folder = temporaryFolder();
  const entry = path.join(folder, 'entry.js');
  const file = path.join(folder, 'parser.mjs');
  const parser = path.join(root, 'node_modules/@actions/workflow-parser/dist');
  writeFileSync(
    entry,
    `export { NoOperationTraceWriter } from '${parser}/index.js';
export { parseAction } from '${parser}/actions/action-parser.js';`,
  );
  await build({ input: entry, platform: 'node', output: { file }, logLevel: 'silent', cwd: root });
  const { NoOperationTraceWriter, parseAction } = (await import(pathToFileURL(file).href)) as Parser;
  return content =>
    parseAction({ name: 'action.yml', content }, new NoOperationTraceWriter()).context.errors.getErrors().map(String);
}
