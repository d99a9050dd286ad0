import type { Argument, Command as Commander, Option } from 'commander';

/** A command line that may be unfinished or wrong, read as the parser would read it, but unchecked. */
export interface Line {
  /** Undefined: there is no such command. */
  command: Commander | undefined;
  /** The arguments of the command. */
  args: string[];
  /** The flags that are given, by the names of their options. */
  flags: Set<string>;
  /** The words that begin with a dash, and aren't values. */
  dashed: string[];
  /** The values of those that take one, the last of each. */
  given: Record<string, string>;
  /** The flag that waits for its value. */
  waiting?: Option | undefined;
  /** After two dashes there are no flags. */
  isVerbatim: boolean;
}

/** `words` come after the program's name, and before the word that is being written if there is one. */
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

/** The flag whose value the next word is. One whose value may be left out takes no word that begins another flag. */
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
    // Several flags of one letter may be in one word.
    if (!word.startsWith('--') && word.length > 2) takeFlags(`-${word.slice(2)}`, line);
  } else if (value === undefined) line.waiting = option;
  else giveValue(line, option, value);
}

function giveValue(line: Line, option: Option, value: string): void {
  line.given[option.attributeName()] = value;
  line.waiting = undefined;
}

/** The flag that a word begins with, and the value that is joined to it. */
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

/** Those that help shows. */
export const optionsOf = (command: Commander | undefined): readonly Option[] =>
  command ? command.createHelp().visibleOptions(command) : [];

export const subcommandsOf = (command: Commander): readonly Commander[] =>
  command.createHelp().visibleCommands(command);

/** What the next argument would be. */
export function nextArgument({ command, args }: Line): Argument | undefined {
  const known = command?.registeredArguments ?? [];
  return known[args.length] ?? known.findLast(({ variadic }) => variadic);
}
