import { describe, expect, test } from 'vitest';
import { commands } from '../../src/commands/definitions.js';
import { UnknownNameError, UsageError } from '../../src/errors.js';
import { answerTo, failure, namesIn, parsed, shownOf } from './parsed.js';

const examples = commands.flatMap(({ name, examples }) => examples.map(({ line }) => ({ name, line })));

/** In a pipe, the command of the example comes last. */
const wordsOf = (line: string): string[] => (line.split(' | webhook-cli ').at(-1) ?? '').split(' ');

test.each(examples)('the example "$line" parses', ({ name, line }) => {
  expect(parsed(wordsOf(line)).command.name).toBe(name);
});

test.each(commands.filter(({ name }) => !['sign', 'replay', 'export', 'completion'].includes(name)))(
  '$name needs nothing but its name',
  ({ name }) => {
    expect(parsed([name]).command.name).toBe(name);
  },
);

describe('global flags', () => {
  test.each([
    [['--json'], { json: true }],
    [['--quiet'], { quiet: true }],
    [['-q'], { quiet: true }],
    [['--debug'], { debug: true }],
    [['--color'], { color: true }],
    [['--no-color'], { color: false }],
    [['-q', '--json', '--debug'], { quiet: true, json: true, debug: true }],
    [['--config', 'a.json', '--profile=p', '--dotenv', '.env'], { config: 'a.json', profile: 'p', dotenv: '.env' }],
  ])('%j may come before or after the command and isn’t one of its options', (given, flags) => {
    const invocations = [
      [...given, 'listen'],
      ['listen', ...given],
    ].map(argv => parsed(argv));
    for (const invocation of invocations) {
      expect(invocation.flags).toEqual(flags);
      expect(invocation.options).toEqual({ verify: true });
    }
  });

  test('are not set by default', () => {
    expect(parsed(['listen']).flags).toEqual({});
  });

  test('may be on both sides, and the later one applies', () => {
    expect(parsed(['--json', 'listen', '-q']).flags).toEqual({ json: true, quiet: true });
    expect(parsed(['--no-color', 'listen', '--color']).flags).toEqual({ color: true });
  });
});

describe('the options of a command', () => {
  test('are named, and files are kept as they are', () => {
    const { options } = parsed(['send', 'one.json', '--unsigned', '-', '--secret-env', 'A', '--secret-env', 'B']);
    expect(options).toEqual({ file: ['one.json', '-'], proxy: true, unsigned: true, secretEnv: ['A', 'B'] });
  });

  test('end at two dashes: everything after is a file', () => {
    expect(parsed(['send', '--', '--json', '--secret=x']).options).toEqual({
      file: ['--json', '--secret=x'],
      proxy: true,
    });
  });

  test('may be joined to their values', () => {
    expect(parsed(['listen', '--port=0', '--host=::1']).options).toMatchObject({ port: 0, host: '::1' });
    expect(parsed(['listen', '-p0']).options).toMatchObject({ port: 0 });
  });
});

describe("a flag with a secret's value", () => {
  test.each([
    [['--secret', 'hunter2', 'listen']],
    [['--secret=hunter2', 'listen']],
    [['listen', '--secret', 'hunter2']],
    [['listen', '--secret=hunter2']],
    [['listen', '--json', '--secret', 'hunter2', '--port', '0']],
    [['send', '--secret=hunter2', 'body.json']],
    [['listen', '--secret']],
    [['listen', '--secret=']],
    [['demo', '--secret', 'hunter2', '--secret', 'hunter2']],
  ])('is refused and not echoed: %j', argv => {
    const error = failure(argv);
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toContain("no flag takes a secret's value");
    expect(error.hint).toContain('--secret-file');
    expect(shownOf(error)).not.toContain('hunter2');
  });

  test.each([
    [['listen', '--secrets=hunter2']],
    [['listen', '--secret-value=hunter2']],
    [['--key=hunter2', 'listen']],
    [['listen', '-shunter2']],
    [['listen', '-s=hunter2']],
    [['listen', '--secret', 'hunter2', '--nonsense=hunter2']],
    [['--secret', 'hunter2']],
    [['listen', 'hunter2']],
    [['demo', 'hunter2', 'hunter2']],
    [['listen', '--no-verify=hunter2']],
  ])('is not echoed if it is misspelt or misplaced: %j', argv => {
    expect(shownOf(failure(argv))).not.toContain('hunter2');
  });

  test('is on no help page', () => {
    const pages = [[], ...commands.map(({ name }) => [name])].map(argv => answerTo([...argv, '--help']).stdout);
    for (const page of pages) expect(page).not.toMatch(/--secret(?!-)/);
  });
});

test.each([
  [['lisen'], 'command', 'lisen', 'listen'],
  [['--json', 'Send'], 'command', 'Send', 'send'],
  [['listen', '--prot', '0'], 'flag', '--prot', '--port'],
  [['listen', '--prot=0'], 'flag', '--prot', '--port'],
  [['listen', '-s'], 'flag', '-s', '--show'],
  [['send', '--expect=200'], 'flag', '--expect', '--expect-status'],
  [['--jsn', 'listen'], 'flag', '--jsn', '--json'],
  [['secret', '--reveel'], 'flag', '--reveel', '--reveal'],
] as const)('%j has an unknown %s, and the error lists the known ones', (...[argv, kind, given, known]) => {
  const error = failure(argv);
  expect(error).toBeInstanceOf(UnknownNameError);
  expect(error).toMatchObject({ message: `unknown ${kind} "${given}"`, given });
  expect(namesIn(error)).toContain(known);
  expect(namesIn(error)).not.toContain('--secret');
});

test('a missing command is a usage error that names the first steps', () => {
  const error = failure([]);
  expect(error).toBeInstanceOf(UsageError);
  expect(error).toMatchObject({ message: 'no command given', code: 'usage' });
  expect(error.hint).toContain('webhook-cli demo');
});

test.each([
  ['a flag without its value', ['listen', '--port']],
  ['one argument too many', ['fixtures', 'approved', 'queued']],
  ['an unexpected argument', ['demo', 'again']],
])('%s is a usage error', (_, argv) => {
  const error = failure(argv);
  expect(error).toBeInstanceOf(UsageError);
  expect(error.message).not.toMatch(/^error:/);
});

describe('help and version', () => {
  test.each([
    [['--help']],
    [['-h']],
    [['--version']],
    [['-V']],
    [['send', '--help']],
    [['demo', '-h']],
    [['send', '-V']],
  ])('are printed on standard output: %j', argv => {
    const { invocation, stdout, stderr } = answerTo(argv);
    expect(invocation).toBeUndefined();
    expect(stdout).not.toBe('');
    expect(stderr).toBe('');
  });

  test('the version is that of the package', () => {
    expect(answerTo(['--version']).stdout).toBe('1.2.3\n');
    expect(answerTo(['listen', '--version']).stdout).toBe('1.2.3\n');
  });

  test('help lists every command with its summary', () => {
    const { stdout } = answerTo(['--help']);
    for (const { name, summary } of commands) expect(stdout).toMatch(new RegExp(`^ +${name}\\b.* {2}${summary}`, 'm'));
  });

  test.each(commands)('the help of $name shows its examples and the shell’s flags', ({ name, examples }) => {
    const { stdout } = answerTo([name, '--help']);
    for (const line of [
      ...examples.flatMap(({ purpose, line }) => [`# ${purpose}`, `$ webhook-cli ${line}`]),
      '--json',
      '--quiet',
      '--no-color',
    ])
      expect(stdout).toContain(line);
  });
});

test.each(['--config', '--profile', '--dotenv'])('the error for an empty value names %s', flag => {
  for (const argv of [
    [flag, '', 'listen'],
    ['listen', flag, ''],
  ]) {
    expect(failure(argv)).toMatchObject({ message: `${flag}: the value is empty`, code: 'usage' });
  }
});

test.each([
  ['send', ''],
  ['verify', 'a.ndjson', ''],
  ['export', '', '--to', 'har'],
])('%s with an empty argument is an error', (...line) => {
  expect(failure(line)).toMatchObject({ code: 'usage', message: 'an argument is empty' });
});

test('a flag that takes no value reports a value', () => {
  expect(failure(['listen', '--json=x'])).toMatchObject({ message: '--json takes no value' });
});

test('the first name on the line is the command', () => {
  expect(failure(['demo', 'send', '--bogus'])).toMatchObject({ hint: 'webhook-cli demo --help lists the flags' });
});
