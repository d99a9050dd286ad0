import type { Command as Commander, CommanderError, Option } from 'commander';
import { offerOf, type Candidate } from '../../contract/completion-values.js';
import { UnknownNameError, UsageError } from '../../errors.js';

/** Words a mistake that commander found, without the value of a flag: it may be a secret. */
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

interface Mistake {
  /** What commander's message has in quotes. */
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
      hint: `${program.name()} --help lists the commands; ${program.name()} demo shows them at work`,
    });
  },
  'commander.unknownCommand': ({ quoted, program }) => unknownCommand(quoted, program),
  'commander.unknownOption': ({ quoted, command }) => {
    const flag = /^--[^=]*|^-./.exec(quoted)?.[0] ?? '';
    const known = command.options.filter(option => !option.hidden).map(longest);
    if (known.includes(flag)) return new UsageError(`${flag} takes no value`);
    const argument = command.registeredArguments.find(each => `--${each.name()}` === flag);
    if (argument)
      return new UsageError(`${command.name()} has no ${flag}`, {
        hint: `write it without the flag: ${lineOf(command)} <${argument.name()}>`,
      });
    return new UnknownNameError('flag', flag, { known, hint: `${lineOf(command)} --help lists the flags` });
  },
  'commander.excessArguments': ({ command }) =>
    new UsageError(
      `${command.name()} takes ${['no argument', 'one argument'][command.registeredArguments.length] ?? ''}`,
      {
        hint: portHint(command) ?? `${lineOf(command)} --help shows what it takes`,
      },
    ),
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
  'commander.optionMissingArgument': ({ quoted, command }) => {
    const option = command.options.find(({ flags }) => flags === quoted);
    return new UsageError(`${option ? longest(option) : quoted} needs a value`, {
      hint: `${quoted}: ${option?.description ?? ''}`,
    });
  },
};

/** A number may be meant as the port. */
function portHint({ args, options }: Commander): string | undefined {
  const [given = ''] = args;
  const isPort = args.length === 1 && /^\d{1,5}$/.test(given) && options.some(option => longest(option) === '--port');
  return isPort ? `did you mean "--port ${given}"?` : undefined;
}

const unknownCommand = (name: string, program: Commander): UnknownNameError =>
  new UnknownNameError('command', name, {
    known: program.commands.map(command => command.name()),
    hint: `${program.name()} --help lists the commands`,
  });

const longest = ({ long, flags }: Option): string => long ?? flags;

const lineOf = (command: Commander): string => [command.parent?.name(), command.name()].filter(Boolean).join(' ');
