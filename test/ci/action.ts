import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { root } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { createShell } from '../support/shell.js';

interface Action {
  inputs: Record<string, { default?: string }>;
  outputs: Record<string, { value: string }>;
  runs: { steps: [{ id: string; shell: string; env: Record<string, string>; run: string }] };
}

export const actionText = readFileSync(path.join(root, 'action.yml'), 'utf8');

export const action = parse(actionText) as Action;

export interface ActionRun {
  /** The contents of the log. */
  log: string;
  exitCode: number;
  outputs: Record<string, string | undefined>;
  /** The step's summary, which had one line before. */
  summary: string;
  /** Where the step ran. */
  folder: string;
}

export const lineBefore = 'what a step before has written';

/** Runs the action's step as GitHub's runner does, with the built command. `env` is the job's environment. */
export function startAction(inputs: Record<string, string>, env: NodeJS.ProcessEnv = {}) {
  const folder = temporaryFolder();
  const file = (name: string, content = ''): string => {
    writeFileSync(path.join(folder, name), content);
    return path.join(folder, name);
  };
  const [step] = action.runs.steps;
  const values = {
    ...Object.fromEntries(Object.entries(action.inputs).map(([id, one]) => [id, one.default ?? ''])),
    ...inputs,
  };
  const script = file('step.sh', step.run);
  const runner = {
    GITHUB_ACTION_PATH: root,
    GITHUB_OUTPUT: file('output'),
    GITHUB_STEP_SUMMARY: file('summary', `${lineBefore}\n`),
    RUNNER_TEMP: folder,
    WEBHOOK_CLI: 'webhook-cli',
  };
  const own = Object.fromEntries(Object.entries(step.env).map(([name, value]) => [name, evaluated(value, values)]));
  const { child, ended } = createShell()(`cd '${folder}' && exec bash --noprofile --norc -e -o pipefail '${script}'`, {
    ...runner,
    ...env,
    ...own,
  });
  const run = async (): Promise<ActionRun> => {
    const { output, exitCode } = await ended;
    const set = outputsIn(readFileSync(runner.GITHUB_OUTPUT, 'utf8'));
    const summary = readFileSync(runner.GITHUB_STEP_SUMMARY, 'utf8');
    return { log: output, exitCode, outputs: evaluatedOutputs(set), summary, folder };
  };
  return { child, folder, run };
}

/** Replaces a whole expression with a value, like the runner. */
const evaluated = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/^\$\{\{ inputs\.([\w-]+) \}\}$/, (_, id: string) => values[id] ?? '');

function evaluatedOutputs(set: Readonly<Record<string, string>>): Record<string, string | undefined> {
  const idOf = (value: string) => /^\$\{\{ steps\.check\.outputs\.([\w-]+) \}\}$/.exec(value)?.[1] ?? '';
  return Object.fromEntries(Object.entries(action.outputs).map(([id, { value }]) => [id, set[idOf(value)]]));
}

/** `name<<word`, the lines of the value, `word`. */
const outputsIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/^([\w-]+)<<(\w+)\n([^]*?)\n\2$/gm)].map(([, name = '', , value = '']) => [name, value]),
  );
