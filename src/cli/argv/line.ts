import type { Argument, Command as Commander, Option } from 'commander';

/** A possibly unfinished or invalid command line, read like the parser reads it, but unchecked. */
export interface Line {
  /** Undefined if there is no such command. */
  command: Commander | undefined;
  /** The arguments of the command. */
  args: string[];
  /** The given flags, by option name. */
  flags: Set<string>;
  /** The words that begin with a dash and aren't values. */
  dashed: string[];
  /** The last value of each flag that takes one. */
  given: Record<string, string>;
  /** The flag that waits for its value. */
  waiting?: Option | undefined;
  /** After two dashes there are no flags. */
  isVerbatim: boolean;
}

/** `words`: everything after the program's name, without the word being typed. */
export function readLine(words: readonly string[], program: Commander): Line {
  const line: Line = { command: program, args: [], flags: new Set(), dashed: [], given: {}, isVerbatim: false };
  for (const word of words) take(word, line);
  return line;
}

function take(word: string, line: Line): void {
  line.waiting = awaiting(line, word);
  if (line.waiting) giveValue(line, line.waiting, word);
  else if (line.isVerbatim || !word.startsWith('-') || word === '-') takeArgument(word, line);
  else if (word === '--') line.isVerbatim = true;
  else {
    line.dashed.push(word);
    takeFlags(word, line);
  }
}

/**
 * The flag that takes the next word as its value. A flag with an optional value doesn't take a word that begins with a
 * dash.
 */
export const awaiting = ({ waiting }: Line, word: string): Option | undefined =>
  waiting?.optional && word.startsWith('-') ? undefined : waiting;

function takeArgument(word: string, line: Line): void {
  if (line.command?.parent !== null) line.args.push(word);
  else line.command = subcommandsOf(line.command).find(command => command.name() === word);
}

function takeFlags(word: string, line: Line): void {
  const { option, value } = flagAt(word, line.command) ?? {};
  if (!option) return;
  line.flags.add(option.attributeName());
  if (!takesValue(option)) {
    // One word may hold several one-letter flags.
    if (!word.startsWith('--') && word.length > 2) takeFlags(`-${word.slice(2)}`, line);
  } else if (value === undefined) line.waiting = option;
  else giveValue(line, option, value);
}

function giveValue(line: Line, option: Option, value: string): void {
  line.given[option.attributeName()] = value;
  line.waiting = undefined;
}

/** The flag at the start of a word, and the value joined to it. */
export function flagAt(
  word: string,
  command: Commander | undefined,
): { option: Option; value: string | undefined } | undefined {
  const isLong = word.startsWith('--');
  const [name = '', ...rest] = isLong ? word.split('=') : [word.slice(0, 2)];
  const joined = isLong ? rest.join('=') : word.slice(2);
  const option = optionsOf(command).find(({ short, long }) => name === short || name === long);
  return option && { option, value: rest.length > 0 || joined !== '' ? joined : undefined };
}

export const takesValue = ({ required, optional }: Option): boolean => required || optional;

/** The flags shown in help. */
export const optionsOf = (command: Commander | undefined): readonly Option[] =>
  command ? command.createHelp().visibleOptions(command) : [];

export const subcommandsOf = (command: Commander): readonly Commander[] =>
  command.createHelp().visibleCommands(command);

/** The next argument. */
export function nextArgument({ command, args }: Line): Argument | undefined {
  const known = command?.registeredArguments ?? [];
  return known[args.length] ?? known.findLast(({ variadic }) => variadic);
}
