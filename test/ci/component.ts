import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { root } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { createShell } from '../support/shell.js';

export interface Input {
  description: string;
  type?: 'boolean';
  default?: string | boolean;
  regex?: string;
}

export interface Job {
  stage: string;
  image: string;
  variables: Record<string, { value: string; expand?: false }>;
  script: string[];
  artifacts: { when: string; paths: string[]; reports: { junit: string } };
}

const text = readFileSync(path.join(root, 'templates/check.yml'), 'utf8');
const body = text.slice(text.indexOf('\n---\n') + 5);
const [header] = parseAllDocuments(text);

export const inputs = (header?.toJS() as { spec: { inputs: Record<string, Input> } }).spec.inputs;

export type Values = Record<string, string | boolean>;

/** Returns the jobs as GitLab creates them: inputs are inserted into the text before it is parsed. */
export function jobsWith(values: Values): Record<string, Job> {
  const valueOf = (id: string): string => {
    const value = values[id] ?? inputs[id]?.default;
    if (value === undefined) throw new Error(`the input ${id} has no value`);
    if (refused(id, value)) throw new Error(`the input ${id} doesn't match its pattern`);
    return String(value);
  };
  return parse(body.replaceAll(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, id: string) => valueOf(id))) as Record<string, Job>;
}

/** RE2 has its own names for both ends of a text. */
const refused = (id: string, value: string | boolean): boolean => {
  const { regex } = inputs[id] ?? {};
  return regex !== undefined && !new RegExp(regex.replace(/^\\A/, '^').replace(/\\z$/, '$')).test(String(value));
};

/** Runs the job in an empty folder, in the image's shell, with the built command. `env` has the project's variables. */
export async function runJob(
  values: Values,
  { shell = 'bash', env = {} }: { shell?: string; env?: Record<string, string> } = {},
): Promise<{ log: string; exitCode: number; folder: string; job: Job }> {
  const [job] = Object.values(jobsWith(values));
  if (!job) throw new Error('no job');
  const folder = temporaryFolder();
  const expanded = (value: string) => value.replace(/\$(\w+)/g, (_, name: string) => env[name] ?? '');
  const variables = Object.entries(job.variables).map(([name, { value, expand }]) => [
    name,
    expand === false ? value : expanded(value),
  ]);
  const { ended } = createShell()(`cd '${folder}' && exec ${shell} -ec "$JOB_SCRIPT"`, {
    WEBHOOK_CLI: 'webhook-cli',
    ...env,
    ...(Object.fromEntries(variables) as Record<string, string>),
    JOB_SCRIPT: job.script.join('\n'),
  });
  const { output, exitCode } = await ended;
  return { log: output, exitCode, folder, job };
}
