import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { ExitCode } from '../src/cli/exit-code.js';
import { commands } from '../src/commands/definitions.js';
import { reportsIn, root } from './support/cli.js';
import { createShell } from './support/shell.js';
import { settled, stepsIn } from './support/transcript.js';

const readme = readFileSync(path.join(root, 'README.md'), 'utf8');

test('the tour shows what happens', async () => {
  const [listen, ...steps] = stepsIn(readme);
  const run = createShell();
  expect(listen?.command).toBe('webhook-cli listen');
  const listener = run('exec webhook-cli listen --port 0');
  const [firstLine] = (await once(createInterface({ input: listener.child.stdout }), 'line')) as [string];
  const url = /http:\S+/.exec(firstLine)?.[0];
  for (const { command, output, exitCode } of steps) {
    const result = await run(command, { WEBHOOK_URL: url }).ended;
    expect({ command, exitCode: result.exitCode, output: settled(result.output) }).toEqual({
      command,
      exitCode,
      output: settled(output),
    });
  }
  listener.child.kill('SIGINT');
  const { output, exitCode } = await listener.ended;
  expect(exitCode).toBe(130);
  // A port of this run's own stands in for 4665. The tour stops looking at the listener before its last lines: another refusal, and the totals.
  expect(settled(output).startsWith(settled(listen?.output ?? 'nothing'))).toBe(true);
});

test('what sets it up is what CI runs, to the letter', () => {
  const ci = readFileSync(path.join(root, '.ci/run'), 'utf8')
    .split('\n')
    .map(line => line.trim());
  const lines = [...readme.matchAll(/^```sh\n([^]*?)^```$/gm)].flatMap(([, block = '']) => block.trimEnd().split('\n'));
  expect(lines).toHaveLength(4);
  expect(lines.filter(line => !ci.includes(`sh -c '${line}'`))).toEqual([]);
});

const rowsBelow = (heading: string): string[][] => {
  const section = readme.slice(readme.indexOf(`\n## ${heading}\n`)).split('\n## ')[1] ?? '';
  return section
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
        'webhook-cli listen --port 0 --ready-file up --forward-to http://127.0.0.1:1 --count 1 --json & until [ -s up ]; do sleep 0.1; done; webhook-cli send -f approved --url "$(cat up)" --json; wait',
      ).ended,
      await run('webhook-cli validate s.ndjson --strict --json').ended,
      await run('webhook-cli validate r.http fixtures/events/approved.json --show body --json').ended,
      await run('webhook-cli validate fixtures/events/approved.json --report github --json').ended,
      await run('webhook-cli check http://127.0.0.1:1 --only valid --json --report tap').ended,
      await run('webhook-cli check http://127.0.0.1:1 --only valid --json').ended,
      await run('webhook-cli check --list --only valid --json').ended,
      await run('webhook-cli fixtures approved --json').ended,
      await run('webhook-cli generate --json; webhook-cli generate --out generated --json').ended,
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
