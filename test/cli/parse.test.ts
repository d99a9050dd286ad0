import { describe, expect, test } from 'vitest';
import { commands } from '../../src/commands/definitions.js';
import { UnknownNameError, UsageError } from '../../src/errors.js';
import { answerTo, failure, namesIn, parsed, shownOf } from './parsed.js';

const examples = commands.flatMap(({ name, examples }) => examples.map(({ line }) => ({ name, line })));

/** In a pipe, the command that the example is for comes last. */
const wordsOf = (line: string): string[] => (line.split(' | webhook-cli ').at(-1) ?? '').split(' ');

test.each(examples)('the example "$line" parses', ({ name, line }) => {
  expect(parsed(wordsOf(line)).command.name).toBe(name);
});

test.each(commands.filter(({ name }) => !['sign', 'replay', 'export', 'completion'].includes(name)))(
  '$name needs no more than its name',
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
  ])('%j may stand before and after the command, and are no options of it', (given, flags) => {
    const invocations = [
      [...given, 'listen'],
      ['listen', ...given],
    ].map(argv => parsed(argv));
    for (const invocation of invocations) {
      expect(invocation.flags).toEqual(flags);
      expect(invocation.options).toEqual({ verify: true });
    }
  });

  test('are not given unless they are', () => {
    expect(parsed(['listen']).flags).toEqual({});
  });

  test('may stand on both sides at once, and then the later one wins', () => {
    expect(parsed(['--json', 'listen', '-q']).flags).toEqual({ json: true, quiet: true });
    expect(parsed(['--no-color', 'listen', '--color']).flags).toEqual({ color: true });
  });
});

describe('the options of a command', () => {
  test('come by name, and files as they stand', () => {
    const { options } = parsed(['send', 'one.json', '--unsigned', '-', '--secret-env', 'A', '--secret-env', 'B']);
    expect(options).toEqual({ file: ['one.json', '-'], proxy: true, unsigned: true, secretEnv: ['A', 'B'] });
  });

  test('end at two dashes: what comes after is a file', () => {
    expect(parsed(['send', '--', '--json', '--secret=x']).options).toEqual({
      file: ['--json', '--secret=x'],
      proxy: true,
    });
  });

  test('may be joined with their values', () => {
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
  ])('is refused and never echoed: %j', argv => {
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
  ])('is not echoed either when it is misspelt or misplaced: %j', argv => {
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
] as const)('%j names an unknown %s, and the error knows the right ones', (...[argv, kind, given, known]) => {
  const error = failure(argv);
  expect(error).toBeInstanceOf(UnknownNameError);
  expect(error).toMatchObject({ message: `unknown ${kind} "${given}"`, given });
  expect(namesIn(error)).toContain(known);
  expect(namesIn(error)).not.toContain('--secret');
});

test('no command at all is a usage error that names the first steps', () => {
  const error = failure([]);
  expect(error).toBeInstanceOf(UsageError);
  expect(error).toMatchObject({ message: 'no command given', code: 'usage' });
  expect(error.hint).toContain('webhook-cli demo');
});

test.each([
  ['a flag without its value', ['listen', '--port']],
  ['one argument too many', ['fixtures', 'approved', 'queued']],
  ['an argument where there is none', ['demo', 'again']],
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
  ])('are answered on standard output: %j', argv => {
    const { invocation, stdout, stderr } = answerTo(argv);
    expect(invocation).toBeUndefined();
    expect(stdout).not.toBe('');
    expect(stderr).toBe('');
  });

  test('the version is what it is', () => {
    expect(answerTo(['--version']).stdout).toBe('1.2.3\n');
    expect(answerTo(['listen', '--version']).stdout).toBe('1.2.3\n');
  });

  test('help lists every command with its summary', () => {
    const { stdout } = answerTo(['--help']);
    for (const { name, summary } of commands) expect(stdout).toMatch(new RegExp(`^ +${name}\\b.* {2}${summary}`, 'm'));
  });

  test.each(commands)("help of $name shows its examples and the shell's flags", ({ name, examples }) => {
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

test.each(['--config', '--profile', '--dotenv'])('%s names itself when its value is empty', flag => {
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
])('%s with an empty argument is a mistake', (...line) => {
  expect(failure(line)).toMatchObject({ code: 'usage', message: 'an argument is empty' });
});

test('a flag that takes no value says so', () => {
  expect(failure(['listen', '--json=x'])).toMatchObject({ message: '--json takes no value' });
});

test('the command that is meant is the first one named', () => {
  expect(failure(['demo', 'send', '--bogus'])).toMatchObject({ hint: 'webhook-cli demo --help lists the flags' });
});
