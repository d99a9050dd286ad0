import { Command as Commander, CommanderError, Option } from 'commander';
import type { Command } from '../../contract/command.js';
import { commandEntries } from '../../commands/index.js';
import type { CommandEntry } from '../../contract/command.js';
import type { Topic } from '../../contract/topic.js';
import { offering, offerOf, profiles } from '../../contract/completion-values.js';
import { text } from '../../config/values.js';
import { places } from '../../config/places.js';
import { namingSource, UnknownNameError, UsageError } from '../../errors.js';
import { examplesOf, formatHelp, formatTopic, globalGroup, programNotes, subcommandTerm } from './help.js';
import type { GlobalFlags } from './global-flags.js';
import type { Host } from '../host.js';
import { refuseSingleDash, wordMistake } from './mistakes.js';

export interface Invocation {
  command: Command;
  /** Arguments and options of the command, by name. */
  options: Record<string, unknown>;
  flags: GlobalFlags;
}

const globalOptions = (): Option[] => [
  new Option('--json', 'Print JSON, one object per line'),
  new Option('--color', 'Use colours even without a terminal'),
  new Option('--no-color', 'Disable colours'),
  new Option('-q, --quiet', 'Print only failures'),
  new Option('--debug', 'Show the stack trace of an error'),
  new Option('--config <file>', 'Config file (default: nearest webhook-cli.config.json)').argParser(text),
  new Option('--profile <name>', 'Use this profile of the config file').argParser(
    offering({ candidates: profiles }, text),
  ),
  new Option(places.dotenv.flags, places.dotenv.help).argParser(text),
];

/**
 * Parses a command line without running it; help and version are answered here. Throws UsageError.
 */
export function parse(
  argv: readonly string[],
  host: Pick<Host, 'stdout' | 'stderr' | 'version'>,
  { commands, topics, write }: Named & { write: (text: string) => void },
): Invocation | 'answered' {
  refuseSecret(argv);
  const invocations: Invocation[] = [];
  const program = programFor({ commands, topics }, host, {
    write,
    invoke: (command, subcommand) => invocations.push(invocationOf(command, subcommand)),
  });
  refuseSingleDash(argv, program);
  try {
    program.parse(isHelpOfHelp(argv) ? ['--help'] : argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 'answered';
    const mistake = wordMistake(error, program, argv);
    const isNothingAsked = error.code === 'commander.help' && !(mistake instanceof UnknownNameError);
    if (isNothingAsked) host.stderr.write(`${program.helpInformation()}\n`);
    throw mistake;
  }
  const [invocation] = invocations;
  if (!invocation) throw new Error('The parser accepted a command line without a command.');
  return invocation;
}

/** Commander would look for a command with the name `--help`. */
const isHelpOfHelp = ([first, second = '']: readonly string[]): boolean =>
  first === 'help' && ['help', '-h', '--help'].includes(second);

interface Reactions {
  write: (text: string) => void;
  invoke: (command: Command, subcommand: Commander) => void;
}

/** The commands and help topics that a command line may name. */
export interface Named {
  commands: readonly Command[];
  topics?: readonly Topic[] | undefined;
}

/** Every command, with flags loaded for those given. */
export function programFor(
  { commands, topics = [] }: Named,
  host: Pick<Host, 'stdout' | 'version'>,
  { write, invoke }: Partial<Reactions> = {},
): Commander {
  const program = createProgram(host, write ?? (() => undefined));
  for (const entry of commandEntries) {
    const command = commands.find(({ name }) => name === entry.name);
    if (!command) addEntry(program, entry);
    else {
      const subcommand = addCommand(program, command, host.version);
      subcommand.action(() => {
        invoke?.(command, subcommand);
      });
    }
  }
  for (const topic of topics) addTopic(program, topic);
  return program;
}

const addEntry = (program: Commander, { name, takes, summary }: CommandEntry): Commander =>
  program.command([name, takes].filter(Boolean).join(' ')).description(summary);

/** For `help`, a topic is a command that only shows its page. */
function addTopic(program: Commander, { name, summary, configure, notes, examples }: Topic): void {
  const topic = program
    .command(name, { hidden: true })
    .description(summary)
    .helpOption(false)
    .configureHelp({ formatHelp: formatTopic })
    .addHelpText('after', `${notes}\n${examplesOf(examples)}`);
  configure(topic);
  topic.action(() => {
    topic.help();
  });
}

/** Checked first: no other message may quote the secret. */
function refuseSecret(argv: readonly string[]): void {
  const end = argv.indexOf('--');
  const flags = end < 0 ? argv : argv.slice(0, end);
  if (!flags.some(argument => /^--?secret(?:=|$)/.test(argument))) return;
  throw new UsageError("no flag takes a secret's value: shell histories and process lists would expose it", {
    hint: 'put it in WEBHOOK_SECRET, or in a file and pass --secret-file <path>',
  });
}

function createProgram(
  { stdout, version }: Pick<Host, 'stdout' | 'version'>,
  writeOut: (text: string) => void,
): Commander {
  const program = new Commander('webhook-cli')
    .description("Sign, send, receive and check Fin's customer.status webhooks.")
    .usage('<command> [options]')
    .optionsGroup(globalGroup)
    .version(version, '-V, --version', 'Print the version')
    .helpOption('-h, --help', 'Show help; after a command, help for that command')
    .helpCommand('help [command]', 'Show help for a command or a topic')
    .configureHelp({ subcommandTerm, formatHelp })
    .enablePositionalOptions()
    .showSuggestionAfterError(false)
    .exitOverride()
    .configureOutput({
      writeOut,
      // The shell reports mistakes, like every other failure.
      writeErr: () => undefined,
      getOutHelpWidth: () => stdout.columns || 80,
    })
    .addHelpText('after', programNotes);
  for (const option of globalOptions()) {
    nameInErrors(option);
    program.addOption(option);
  }
  return program;
}

function addCommand(program: Commander, command: Command, version: string): Commander {
  const subcommand = program
    .command(command.name)
    .description(command.summary)
    .addHelpOption(new Option('-h, --help', 'Show this help').helpGroup(globalGroup))
    .addHelpText('after', examplesOf(command.examples));
  command.configure(subcommand);
  for (const option of globalOptions()) subcommand.addOption(option.helpGroup(globalGroup));
  for (const option of subcommand.options) nameInErrors(option);
  subcommand.version(version);
  for (const option of subcommand.options) if (option.long === '--version') option.hideHelp();
  return subcommand;
}

/** Adds the flag's name, which the value's parser doesn't know, to the error for an invalid value. */
function nameInErrors(option: Option): void {
  const parseValue = option.parseArg;
  if (!parseValue) return;
  option.argParser(
    offering(offerOf(parseValue), (value, previous) =>
      namingSource(option.long ?? option.flags, () => parseValue(value, previous)),
    ),
  );
}

function invocationOf(command: Command, subcommand: Commander): Invocation {
  const given: Record<string, unknown> = { ...subcommand.parent?.opts(), ...subcommand.opts() };
  const { json, color, quiet, debug, config, profile, dotenv, ...options } = given;
  const flags = { json, color, quiet, debug, config, profile, dotenv } as GlobalFlags;
  return { command, options: { ...options, ...argumentsOf(subcommand) }, flags };
}

function argumentsOf({ registeredArguments, processedArgs, args }: Commander): Record<string, unknown> {
  // An unset shell variable leaves an empty argument, which as a path would mean the current folder.
  if (args.includes('')) throw new UsageError('an argument is empty', { hint: 'is a shell variable unset?' });
  return Object.fromEntries(registeredArguments.map((argument, index) => [argument.name(), processedArgs[index]]));
}
