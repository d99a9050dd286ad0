import type { Command as Commander, CommanderError, Option } from 'commander';
import { offerOf, type Candidate } from '../../contract/completion-values.js';
import { UnknownNameError, UsageError } from '../../errors.js';
import { optionsOf, readLine, takesValue } from './line.js';

/** Describes a mistake that commander found, without the flag's value, which may be a secret. */
export function wordMistake(
  { code, message }: CommanderError,
  program: Commander,
  argv: readonly string[],
): UsageError {
  const [, quoted = ''] = /'([^']*)'/.exec(message) ?? [];
  const names = program.commands.map(command => command.name());
  const name = argv.find(argument => names.includes(argument));
  const command = program.commands.find(candidate => candidate.name() === name) ?? program;
  const word = words[code];
  return word ? word({ quoted, command, program, argv }) : new UsageError(message.replace(/^error: /, ''));
}

/** A flag without its value. Its hint can be better: see `withKnownValues`. */
export class MissingValueError extends UsageError {
  readonly option: Option | undefined;
  /** The values of the other flags. */
  readonly given: Readonly<Record<string, string>>;

  constructor(message: string, { hint, option, given }: Pick<MissingValueError, 'hint' | 'option' | 'given'>) {
    super(message, { hint });
    this.option = option;
    this.given = given;
  }
}

interface Mistake {
  /** The quoted part of commander's message. */
  quoted: string;
  command: Commander;
  program: Commander;
  argv: readonly string[];
}

const words: Readonly<Record<string, (mistake: Mistake) => UsageError>> = {
  'commander.help': ({ program, argv }) => {
    const asked = argv.includes('help') ? argv[argv.indexOf('help') + 1] : undefined;
    if (asked !== undefined) return unknownCommand(asked, program);
    return new UsageError('no command given', {
      hint: `${program.name()} --help lists the commands; ${program.name()} demo shows them in action`,
    });
  },
  'commander.unknownCommand': ({ quoted, program }) => unknownCommand(quoted, program),
  'commander.unknownOption': ({ quoted, command }) => {
    const flag = /^--[^=]*|^-./.exec(quoted)?.[0] ?? '';
    const known = command.options.filter(option => !option.hidden).map(longest);
    if (known.includes(flag)) return new UsageError(`${flag} takes no value`, { hint: `write ${flag} alone` });
    const argument = command.registeredArguments.find(each => `--${each.name()}` === flag);
    if (argument)
      return new UsageError(`${command.name()} has no ${flag}`, {
        hint: `write it without the flag: ${lineOf(command)} <${argument.name()}>`,
      });
    const hint = flagHint(flag, known);
    if (hint !== undefined) return new UsageError(`unknown flag "${flag}"`, { hint });
    return new UnknownNameError('flag', flag, { known, hint: `${lineOf(command)} --help lists the flags` });
  },
  'commander.excessArguments': ({ command, program, argv }) => {
    const most = command.registeredArguments.length;
    const [surplus = ''] = readLine(argv, program).args.slice(most);
    const flag = flagFor(surplus, command);
    return new UsageError(`${command.name()} takes ${['no arguments', 'one argument'][most] ?? ''}`, {
      hint: flag === undefined ? `${lineOf(command)} --help shows what it takes` : `did you mean ${flag} ${surplus}?`,
    });
  },
  'commander.missingArgument': ({ quoted, command }) => {
    const { candidates } = offerOf(command.registeredArguments.find(argument => argument.name() === quoted)?.parseArg);
    const names = Array.isArray(candidates) ? candidates.map(({ name }: Candidate) => name) : [];
    return new UsageError(`${command.name()} needs a ${quoted}`, {
      hint: names.length > 0 ? `one of ${names.join(', ')}` : `${lineOf(command)} --help shows what it takes`,
    });
  },
  'commander.missingMandatoryOptionValue': ({ quoted, command }) => {
    const option = command.options.find(({ flags }) => flags === quoted);
    return new UsageError(`${option ? longest(option) : quoted} is missing`, {
      hint: `${quoted}: ${option?.description ?? ''}`,
    });
  },
  'commander.optionMissingArgument': ({ quoted, command, program, argv }) => {
    const option = command.options.find(({ flags }) => flags === quoted);
    const hint = `${quoted}: ${option?.description ?? ''}`;
    return new MissingValueError(`${option ? longest(option) : quoted} needs a value`, {
      hint,
      option,
      given: readLine(argv, program).given,
    });
  },
};

/** Returns the flag that an argument obviously belongs to. */
const flagFor = (argument: string, { options }: Commander): string | undefined =>
  obviousFlags.find(([pattern, flag]) => pattern.test(argument) && options.some(({ long }) => long === flag))?.[1];

/** Never repeats a URL with a password. */
const obviousFlags: readonly (readonly [RegExp, string])[] = [
  [/^\d{1,5}$/, '--port'],
  [/^https?:\/\/[^@\s]*$/, '--forward-to'],
];

/** Refuses a long flag with one dash: `-status` would be read as `-s tatus`. Throws UsageError. */
export function refuseSingleDash(argv: readonly string[], program: Commander): void {
  if (!argv.some(word => singleDash.test(word))) return;
  const { command = program, dashed } = readLine(argv, program);
  for (const word of dashed.filter(each => singleDash.test(each))) {
    const [name = '', ...joined] = word.split('=');
    const option = optionsOf(command).find(({ long }) => long === `-${name}`);
    if (!option) continue;
    const value = joined[0] ?? argv[argv.indexOf(word) + 1];
    // Any other value may be a secret.
    const isShown = takesValue(option) && offerOf(option.parseArg).candidates !== undefined;
    const meant = isShown && value !== undefined ? `-${name} ${value}` : `-${name}`;
    throw new UsageError(`unknown flag "${name}"`, { hint: `did you mean ${meant}?` });
  }
}

const singleDash = /^-[a-z][a-z-]+(?:=.*)?$/s;

function unknownCommand(name: string, program: Commander): UsageError {
  const meant = Object.hasOwn(otherNames, name) ? otherNames[name] : undefined;
  if (meant !== undefined) return new UsageError(`unknown command "${name}"`, { hint: `did you mean ${meant}?` });
  return new UnknownNameError('command', name, {
    known: program.commands.map(command => command.name()),
    hint: `${program.name()} --help lists the commands`,
  });
}

/** What other programs call it. */
const otherNames: Readonly<Record<string, string>> = {
  receive: 'listen',
  receiver: 'listen',
  serve: 'listen',
  server: 'listen',
  test: 'check',
  conformance: 'check',
  trigger: 'send',
  post: 'send',
  resend: 'replay',
  show: 'inspect',
  list: 'inspect',
  version: '--version',
};

/** Says what to write instead of a flag of another program, where the command has that. */
function flagHint(flag: string, known: readonly string[]): string | undefined {
  if (flag === '-v' && known.includes('--version')) return 'did you mean --version?';
  // Only send takes both files and fixtures.
  return flag === '--data' && known.includes('--fixture') ? 'pass a file, or - for stdin' : undefined;
}

const longest = ({ long, flags }: Option): string => long ?? flags;

const lineOf = (command: Commander): string => [command.parent?.name(), command.name()].filter(Boolean).join(' ');
