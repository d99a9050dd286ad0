import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { ExitCode } from '../src/cli/exit-code.js';
import { commands } from '../src/commands/definitions.js';
import { parsed } from './cli/parsed.js';
import { reportsIn, root } from './support/cli.js';
import { createShell } from './support/shell.js';
import { settled, stepsIn, type Step } from './support/transcript.js';

const readme = readFileSync(path.join(root, 'README.md'), 'utf8');

const sectionOf = (heading: string): string =>
  readme.slice(readme.indexOf(`\n## ${heading}\n`)).split('\n## ')[1] ?? '';

describe('what a terminal shows', () => {
  const [listening, ...tour] = stepsIn(sectionOf('A tour in 60 seconds'));
  const isOfTour = ({ command }: Step) => [listening, ...tour].some(step => step?.command === command);

  test('in the tour is what the page of the tour prints', () => {
    const page = stepsOf('tour.md');
    expect(sameIn(page, tour)).toEqual(tour.map(settledStep));
    expect(listening?.command).toBe('webhook-cli listen');
    // The tour looks at the first terminal before its last lines: another refusal, and the totals.
    const whole = settled(page.at(-1)?.output ?? '');
    expect(whole.slice(0, settled(listening?.output ?? '').length)).toBe(settled(listening?.output ?? 'nothing'));
  });

  test('elsewhere is what the page of the recipes prints', () => {
    const others = stepsIn(readme).filter(step => !isOfTour(step));
    expect(sameIn(stepsOf('recipes.md'), others)).toEqual(others.map(settledStep));
  });
});

/** A page, which runs as a test of its own, has a receiver of its own where the README has that of its reader. */
const stepsOf = (page: string): Step[] =>
  stepsIn(readFileSync(path.join(root, 'test/acceptance', page), 'utf8')).map(({ command, ...rest }) => ({
    ...rest,
    command: command.replaceAll('"$(cat receiver)"', 'http://localhost:3000/webhooks/fin'),
  }));

const sameIn = (page: readonly Step[], shown: readonly Step[]): (Step | string)[] =>
  shown.map(({ command }) => {
    const step = page.find(candidate => candidate.command === command);
    return step ? settledStep(step) : `${command} is not on the page`;
  });

const settledStep = (step: Step): Step => ({ ...step, output: settled(step.output) });

/** Command lines without what they print, and why no page runs them. Others know them well. */
const notRun: Readonly<Record<string, string>> = {
  'webhook-cli listen --show headers,body': 'ends when it is told to; test/commands/listen.test.ts',
  'webhook-cli listen --respond 500,drop,200': 'ends when it is told to; test/commands/listen-respond.test.ts',
  'webhook-cli send --status QUEUED,APPROVED --delay 1s': 'takes its time; test/commands/send-retries.test.ts',
  'webhook-cli send --fixture approved --edit': 'opens an editor; test/commands/send-edit.test.ts',
  ...Object.fromEntries(
    [
      'send --scheme stripe',
      'send event.json --scheme standard-webhooks',
      'listen --scheme slack --tolerance 10m',
      'verify captured.ndjson --scheme github',
      'check http://localhost:3000/hook --scheme paddle',
    ].map(line => [`webhook-cli ${line}`, 'other times each time; test/commands/scheme.test.ts']),
  ),
  'webhook-cli generate --walk --out events': 'other ids each time; the page runs it with --seed and --now',
  'webhook-cli listen --forward-to http://localhost:3000/webhooks/fin --save incident.ndjson':
    'needs an application; test/commands/listen-forward-save.test.ts',
  'webhook-cli check --probe ./show-customer.sh --restart ./restart-app.sh':
    'needs an application; test/conformance/effects/restart.test.ts',
  'webhook-cli check --probe http://127.0.0.1:3000/debug/{customer}':
    'needs an application; test/conformance/effects/probe.test.ts',
  'webhook-cli generate --count 1000 --signed --format vegeta --url http://localhost:3000/webhooks/fin':
    'for vegeta; test/commands/generate-requests.test.ts',
  'webhook-cli generate --count 1000 --signed --format k6 --url http://localhost:3000/webhooks/fin':
    'for k6; test/commands/generate-requests.test.ts',
  'webhook-cli listen --secret-file fin-secret --path /webhooks/fin --save captured.ndjson':
    'needs a tunnel; test/commands/listen-save.test.ts',
  'webhook-cli completion bash': 'for a start file; test/commands/completion.test.ts',
  'webhook-cli completion zsh': 'for a start file; test/commands/completion.test.ts',
  'webhook-cli completion fish': 'for a start file; test/commands/completion.test.ts',
};

describe('a command line', () => {
  const blocks = [...readme.matchAll(/^```(?:bash|yaml)\n([^]*?)^```$/gm)].map(([, block = '']) => block);
  const lines = blocks.flatMap(block => commandLinesIn(block.replaceAll(/\n +--/g, ' --')));
  const mentioned = commandLinesIn(
    [...readme.matchAll(/`(webhook-cli [^`<]+)`/g)].map(([, line = '']) => line).join('\n'),
  );

  test('that no page runs is known, and why', () => {
    expect([...new Set(lines)].sort()).toEqual(Object.keys(notRun).sort());
  });

  test.each([...new Set([...lines, ...mentioned])])('%s makes sense', line => {
    expect(parsed(line.split(' ').slice(1)).command.name).toBe(line.split(' ')[1]);
  });
});

/** Each command of the program in a text for a shell, up to what the shell itself takes. */
const commandLinesIn = (text: string): string[] =>
  [...text.matchAll(/webhook-cli [^|<>&;#)\n]*/g)].map(([line]) => line.replaceAll(/["']/g, '').trim());

test('what sets it up is what CI runs, to the letter', () => {
  const ci = readFileSync(path.join(root, '.ci/run'), 'utf8')
    .split('\n')
    .map(line => line.trim());
  const lines = [...readme.matchAll(/^```sh\n([^]*?)^```$/gm)].flatMap(([, block = '']) => block.trimEnd().split('\n'));
  expect(lines).toHaveLength(4);
  expect(lines.filter(line => !ci.includes(`sh -c '${line}'`))).toEqual([]);
});

const rowsBelow = (heading: string): string[][] => {
  return sectionOf(heading)
    .split('\n')
    .filter(line => line.startsWith('| '))
    .slice(1)
    .map(line =>
      line
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim()),
    );
};

test('every command is in the table, in the words of its help', () => {
  const table = rowsBelow('Commands').map(([command = '', summary]) => [/^`([\w-]+)/.exec(command)?.[1], summary]);
  expect(table).toEqual(commands.map(({ name, summary }) => [name, summary]));
});

test('every exit code is in the table', () => {
  const codes = rowsBelow('Exit codes').flatMap(([code = '']) => code.split(', ').map(Number));
  expect(codes).toEqual(Object.values(ExitCode).sort((left, right) => left - right));
});

describe('reports', () => {
  const fields = (row: string[] | undefined) => (row?.[2] ?? '').split(', ').map(field => field.replaceAll('`', ''));
  const rows = rowsBelow('Reports');

  test('every field that a command prints is in the table', async () => {
    const run = createShell();
    const listener = run('exec webhook-cli listen --port 0 --json --count 3 --show headers,body');
    const [ready] = (await once(createInterface({ input: listener.child.stdout }), 'line')) as [string];
    const { url } = JSON.parse(ready) as { url: string };
    const outputs = [
      await run('webhook-cli send --json -s APPROVED,QUEUED --unsigned', { WEBHOOK_URL: url }).ended,
      await run('webhook-cli send --json -X').ended,
      await run('webhook-cli send --json -s INCOMPLETE', { WEBHOOK_URL: url }).ended,
      await run('webhook-cli demo --json').ended,
      await run('webhook-cli schemes --json').ended,
      await run('webhook-cli send -f approved --json --dry-run').ended,
      await run('webhook-cli send -f approved --json --show headers,body --expect-status 201', { WEBHOOK_URL: url })
        .ended,
      await run('webhook-cli sign fixtures/events/approved.json --json --only x-fin-signature').ended,
      await run(`exec 3<>/dev/tcp/127.0.0.1/${new URL(url).port}; printf 'x\\r\\n\\r\\n' >&3; cat <&3 | sed d`).ended,
      await run('webhook-cli send -f approved --json --retries 1', { WEBHOOK_URL: 'http://127.0.0.1:1' }).ended,
      await run('webhook-cli send -f approved --json', { WEBHOOK_URL: url }).ended,
      await listener.ended,
      await run('webhook-cli send -f approved --print http > r.http; webhook-cli verify r.http --json').ended,
      await run('webhook-cli send -f approved --save s.ndjson --url http://127.0.0.1:1 --json; printf x >> s.ndjson')
        .ended,
      await run('webhook-cli verify s.ndjson --json').ended,
      await run('webhook-cli export s.ndjson --to curl --json').ended,
      await run(
        'webhook-cli inspect s.ndjson --json; webhook-cli inspect s.ndjson 1 --json; webhook-cli inspect s.ndjson --html s.html --json',
      ).ended,
      await run('{ cat s.ndjson; echo; cat s.ndjson; } > two.ndjson; webhook-cli inspect two.ndjson 1 2 --diff --json')
        .ended,
      await run(
        'webhook-cli listen --port 0 --ready-file up --forward-to http://127.0.0.1:1 --count 1 --web --json & until [ -s up ]; do sleep 0.1; done; webhook-cli send -f approved --url "$(cat up)" --json; wait',
      ).ended,
      await run('webhook-cli validate s.ndjson --strict --json').ended,
      await run('webhook-cli validate r.http fixtures/events/approved.json --show body --json').ended,
      await run('webhook-cli validate fixtures/events/approved.json --report github --json').ended,
      await run('webhook-cli check http://127.0.0.1:1 --only valid --json --report tap').ended,
      await run('webhook-cli check http://127.0.0.1:1 --only valid --json').ended,
      await run('webhook-cli check --list --only valid --json').ended,
      await run('webhook-cli fixtures approved --json').ended,
      await run('webhook-cli generate --json; webhook-cli generate --out generated --json').ended,
      await run('webhook-cli generate --signed --format artillery --out load --json').ended,
      await run('webhook-cli schema --json; webhook-cli completion fish --json').ended,
      await run('webhook-cli secret --reveal --json').ended,
      await run('webhook-cli config --json').ended,
      await run('git init --quiet; webhook-cli init --yes --secret-from dotenv --json').ended,
    ];
    const printed = outputs.flatMap(({ output }) => reportsIn(output));
    // Omissions take a reader that is slower than the network; they have a test of their own.
    printed.push({ type: 'omitted', requests: 1 });
    expect(new Set(printed.map(({ type }) => `\`${String(type)}\``))).toEqual(new Set(rows.map(([type]) => type)));
    for (const { type, ...report } of printed) {
      const documented = rows.filter(([name]) => name === `\`${String(type)}\``).map(fields);
      expect(
        documented.some(names => Object.keys(report).every(name => names.includes(name))),
        JSON.stringify({ type, ...report }),
      ).toBe(true);
    }
  });
});
