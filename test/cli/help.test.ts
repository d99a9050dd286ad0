import { describe, expect, test } from 'vitest';
import { ExitCode } from '../../src/cli/exit-code.js';
import { commands } from '../../src/commands/definitions.js';
import { topics } from '../../src/commands/topics.js';
import { UnknownNameError } from '../../src/errors.js';
import { webhookCli } from '../support/cli.js';
import { answerTo, failure, namesIn, parsed } from './parsed.js';

const columns = 80;

/** The usual height of a terminal window; `send` has more flags than any other command, and the program has many commands. */
const rowsFor = (name: string): number => ({ send: 60, 'webhook-cli': 54 })[name] ?? 50;

const helpOf = (...argv: string[]): string => answerTo([...argv, '--help']).stdout;

const pages = [{ name: 'webhook-cli', page: helpOf() }, ...commands.map(({ name }) => ({ name, page: helpOf(name) }))];

describe.each(pages)('help of $name', ({ name, page }) => {
  const lines = page.trimEnd().split('\n');

  test('fits one screen', () => {
    expect(lines.length).toBeLessThanOrEqual(rowsFor(name));
    expect(lines.filter(line => line.length > columns)).toEqual([]);
  });

  test('has a line for each flag, under headings of groups with several flags', () => {
    const groups = page.split('\n\n').filter(part => /^ +-/m.test(part));
    for (const group of groups) {
      const [heading = '', ...rows] = group.split('\n');
      expect(heading).toMatch(/^[A-Z].*:$/);
      expect(rows.length, heading).toBeGreaterThan(1);
      for (const row of rows) expect(row).toMatch(/^ {2}[-<[]\S.* {2}\S/);
    }
  });

  test('contains no stray values such as undefined', () => {
    expect(page).not.toMatch(/undefined|null|\[object|NaN/);
  });
});

test.each([...commands, ...topics])('every example of $name says what it is for, in one line', ({ examples }) => {
  for (const { purpose, line } of examples) {
    expect(purpose).toMatch(/^[A-Z].*[^.]$/);
    expect(`  # ${purpose}`.length, line).toBeLessThanOrEqual(columns);
  }
});

test.each(commands)('the page of the program shows the arguments of $name as its own page does', ({ name, takes }) => {
  const [, own] = /^Usage: webhook-cli \S+ \[options\] ?(.*)$/m.exec(helpOf(name)) ?? [];
  expect(own).toBe(takes ?? '');
  expect(helpOf()).toMatch(
    new RegExp(
      `^ {2}${[name, takes]
        .filter(Boolean)
        .join(' ')
        .replaceAll(/[[\].]/g, '\\$&')} {2}`,
      'm',
    ),
  );
});

test('a flag shared by several commands has the same description', () => {
  const worded = new Map<string, Map<string, string[]>>();
  for (const { name, page } of pages)
    for (const [, flag = '', words = ''] of page.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)[^\n]*? {2,}(\S[^\n]*)$/gm)) {
      const byWords = worded.get(flag) ?? new Map<string, string[]>();
      byWords.set(words, [...(byWords.get(words) ?? []), name]);
      worded.set(flag, byWords);
    }
  const several = [...worded].filter(([, byWords]) => byWords.size > 1).map(([flag]) => flag);
  expect(several.sort()).toEqual(meaningSomethingElseElsewhere);
});

/** The flag's name is the same, but its effect depends on the command. */
const meaningSomethingElseElsewhere = [
  '--algorithm',
  '--body',
  '--concurrency',
  '--count',
  '--event',
  '--format',
  '--header',
  '--max-time',
  '--now',
  '--only',
  '--report',
  '--save',
  '--secret-env',
  '--secret-file',
  '--seed',
  '--show',
  '--strict',
  '--timeout',
  '--url',
];

describe.each(topics)('the topic $name', ({ name, group, examples }) => {
  const page = answerTo(['help', name]).stdout;

  test('has a page, which the program’s page names', () => {
    expect(helpOf()).toMatch(new RegExp(`^  help ${name} .*\\S$`, 'm'));
    const lines = page.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(50);
    expect(lines.filter(line => line.length > columns)).toEqual([]);
  });

  test('explains every flag that the page of a command only names', () => {
    const naming = commands.flatMap(command => {
      const [line] =
        new RegExp(`^${group}[^;]*;\\s+see\\s+webhook-cli\\s+help\\s+${name}$`, 'm').exec(helpOf(command.name)) ?? [];
      return line === undefined ? [] : [line];
    });
    expect(naming.length).toBeGreaterThan(1);
    for (const flag of naming.join().match(/--[\w-]+/g) ?? [])
      expect(page).toMatch(new RegExp(`^  ${flag}(?: <.*>)? {2,}\\S`, 'm'));
  });

  test('has examples that parse', () => {
    for (const { line } of examples) expect(parsed(line.split(' ')).command.name).toBe(line.split(' ')[0]);
  });

  test('is not a command', async () => {
    expect(await webhookCli([name])).toMatchObject({ exitCode: 2, stdout: '' });
    expect(await webhookCli(['help', name])).toMatchObject({ exitCode: 0, stdout: page, stderr: '' });
  });
});

describe('the page of a command', () => {
  test('names the shared flags and says where they are explained', () => {
    const program = helpOf();
    for (const { name } of commands) {
      const [line = ''] = /^Global options:[^]*?(?=\n\n)/m.exec(helpOf(name)) ?? [];
      expect(line).toContain('see webhook-cli --help');
      for (const flag of line.match(/--(?!help)[\w-]+/g) ?? []) expect(program).toMatch(new RegExp(`${flag}[ ].*\\S`));
    }
  });

  test.each([[['send', '-h']], [['help', 'send']], [['send', '--json', '-h']], [['--json', 'help', 'send']]])(
    'is the same for every way to ask for it: %j',
    argv => {
      expect(answerTo(argv).stdout).toBe(helpOf('send'));
    },
  );

  test('suggests the nearest name for a page that doesn’t exist', () => {
    const error = failure(['help', 'sned']);
    expect(error).toBeInstanceOf(UnknownNameError);
    expect(error).toMatchObject({ message: 'unknown command "sned"' });
    expect(namesIn(error)).toContain('send');
  });
});

test('the program’s page lists every exit code, and where the target and secret come from', () => {
  const page = helpOf();
  for (const code of Object.values(ExitCode)) expect(page).toMatch(new RegExp(`\\b${code}\\b`));
  for (const variable of ['WEBHOOK_URL', 'WEBHOOK_SECRET']) expect(page).toContain(variable);
  expect(answerTo(['help']).stdout).toBe(page);
  expect(answerTo(['-h']).stdout).toBe(page);
  for (const again of ['help', '-h', '--help']) expect(answerTo(['help', again]).stdout).toBe(page);
});

test.each([
  [['receive'], 'did you mean listen?'],
  [['test'], 'did you mean check?'],
  [['version'], 'did you mean --version?'],
  [['help', 'receive'], 'did you mean listen?'],
  [['-v'], 'did you mean --version?'],
  [['send', '--data', 'x'], 'pass a file, or - for stdin'],
])('%j suggests what was meant: %s', (argv, hint) => {
  const error = failure(argv);
  expect(error).toMatchObject({ code: 'usage', message: expect.stringMatching(/^unknown (?:flag|command)/) as string });
  expect(error).toMatchObject({ hint });
});

test('a flag that many begin with suggests the main one', async () => {
  const { exitCode, stderr } = await webhookCli(['listen', '--forward', 'http://localhost:1/']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('hint: did you mean "--forward-to"?');
});
