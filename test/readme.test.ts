import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { ExitCode } from '../src/cli/exit-code.js';
import { commands } from '../src/commands/definitions.js';
import { answerTo, parsed } from './cli/parsed.js';
import { reportsIn, root } from './support/cli.js';
import { blocksIn, pages, rowsIn, sectionOf, textOf } from './support/documents.js';
import { notRun } from './support/not-run.js';
import { createShell } from './support/shell.js';
import { settled, stepsIn, type Step } from './support/transcript.js';

const settledStep = (step: Step): Step => ({ ...step, output: settled(step.output) });

/** A transcript, which is a separate test, has its own receiver where the pages have the reader's. */
const transcriptOf = (file: string): Step[] =>
  stepsIn(textOf(file)).map(step =>
    settledStep({
      ...step,
      command: step.command.replaceAll('"$(cat receiver)"', 'http://localhost:3000/webhooks/fin'),
    }),
  );

const transcripts = readdirSync(path.join(root, 'test/acceptance'))
  .filter(name => name.endsWith('.md'))
  .flatMap(name => transcriptOf(`test/acceptance/${name}`));

describe('terminal output comes from a transcript', () => {
  const shown = pages.flatMap(page => stepsIn(textOf(page)).map(step => ({ page, ...step })));

  test.each(shown.filter(({ command }) => command !== 'webhook-cli listen'))(
    '$page: $command',
    ({ command, output, exitCode }) => {
      const step = { command, output, exitCode };
      const candidates = transcripts.filter(candidate => candidate.command === command);
      const [first] = candidates;
      expect(candidates.find(candidate => candidate.output === settled(output)) ?? first).toEqual(settledStep(step));
    },
  );

  test.each(shown.filter(({ command }) => command === 'webhook-cli listen'))(
    '$page: $command, seen before its last lines',
    ({ output }) => {
      const whole = transcriptOf('test/acceptance/tour.md').at(-1)?.output ?? '';
      expect(whole.slice(0, settled(output).length)).toBe(settled(output));
    },
  );
});

describe('a command line', () => {
  const texts = pages.map(textOf);
  const blocks = texts.flatMap(text => blocksIn(text, 'bash|yaml'));
  const lines = blocks.flatMap(block => commandLinesIn(block.replaceAll(/(?: \\)?\n +--/g, ' --')));
  const mentioned = commandLinesIn(
    texts.flatMap(text => [...text.matchAll(/`(webhook-cli [^`<]+)`/g)].map(([, line = '']) => line)).join('\n'),
  );

  test('that no transcript has is listed with a reason', () => {
    const isRun = (line: string) => transcripts.some(({ command }) => command === line);
    expect([...new Set(lines)].filter(line => !isRun(line)).sort()).toEqual([...notRun.keys()].sort());
    const tests = [...notRun.values()].map(reason => reason.replace(/^.*; /, ''));
    expect(tests.filter(file => !existsSync(path.join(root, file)))).toEqual([]);
  });

  test.each([...new Set([...lines, ...mentioned])])('%s parses', line => {
    const words = line.replace('$now', '2026-01-31T09:30:00Z').replace('$part', '1').split(' ');
    if (words[1] === 'help') expect(answerTo(words.slice(1)).stdout).toMatch(/\boptions:$/m);
    else expect(parsed(words.slice(1)).command.name).toBe(words[1]);
  });
});

/** Each command of the program in a shell text, up to the shell's own syntax. */
const commandLinesIn = (text: string): string[] =>
  [...text.matchAll(/webhook-cli [^|<>&;#)\n]*/g)].map(([line]) => line.replaceAll(/["']/g, '').trim());

test('for the setup is exactly what CI runs', () => {
  const ci = readFileSync(path.join(root, '.ci/run'), 'utf8')
    .split('\n')
    .map(line => line.trim());
  const lines = blocksIn(textOf('README.md'), 'sh').flatMap(block => block.trimEnd().split('\n'));
  expect(lines).toHaveLength(4);
  expect(lines.filter(line => !ci.includes(`sh -c '${line}'`))).toEqual([]);
});

test('the README is short', () => {
  expect(textOf('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(250);
});

test('every command is in the table, with the same summary as in its help', () => {
  const [introduction = ''] = textOf('docs/commands.md').split(/^## /m);
  const named = rowsIn(introduction).flatMap(([command = '', summary]) => {
    const [, name] = /^`([a-z]+)/.exec(command) ?? [];
    return name === undefined ? [] : [[name, summary]];
  });
  expect(named).toEqual(commands.map(({ name, summary }) => [name, summary]));
});

const longFlags = (text: string): string[] => [...text.matchAll(/--[a-z][\w-]*/g)].map(([flag]) => flag);

test('every global flag is in the table', () => {
  const [, listed = ''] = /^Global options.*\n((?: .*\n)+)/m.exec(answerTo(['--help']).stdout) ?? [];
  const [introduction = ''] = textOf('docs/commands.md').split(/^## /m);
  const named = rowsIn(introduction).flatMap(([flags = '']) => (flags.startsWith('`--') ? longFlags(flags) : []));
  expect(named.sort()).toEqual([...listed.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, flag]) => flag).sort());
});

test('every flag on a page exists', () => {
  const own = commands.flatMap(({ name }) => longFlags(answerTo([name, '--help']).stdout));
  // The last three belong to curl and artillery.
  const known = new Set([...own, ...longFlags(answerTo(['--help']).stdout), ...longFlags('--trace-ascii --verbose --output')]); // prettier-ignore
  const named = pages.flatMap(page =>
    [...textOf(page).matchAll(/`(--[^`]+)`/g)].flatMap(([, code = '']) =>
      longFlags(code).map(flag => `${page} ${flag}`),
    ),
  );
  expect(named.filter(name => !known.has(name.split(' ')[1] ?? ''))).toEqual([]);
});

test('every exit code is in the table', () => {
  const codes = rowsIn(sectionOf('docs/commands.md', 'Exit codes')).flatMap(([code = '']) =>
    code.split(', ').map(Number),
  );
  expect(codes).toEqual(Object.values(ExitCode).sort((left, right) => left - right));
});

describe('reports', () => {
  const fields = (row: string[] | undefined) => (row?.[2] ?? '').split(', ').map(field => field.replaceAll('`', ''));
  const rows = rowsIn(textOf('docs/reports.md'));

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
    // Omissions need a reader that is slower than the network; they have their own test.
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
