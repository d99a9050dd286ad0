import type { Argument, Command as Commander, Help } from 'commander';

/** The heading of the shell's own flags: explained on the page of the program, and only named on that of a command. */
export const globalGroup = 'Global options, before or after the command:';

export const subcommandTerm = (command: Commander): string =>
  [command.name(), ...command.registeredArguments.map(argumentTerm)].join(' ');

/** As a command line has it: `<file>`, or `[file...]` where it may be left out or given again. */
function argumentTerm(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

type Row = [term: string, description: string];

/** A page that fits one screen: the arguments are in the first group of flags, not in one of their own. */
export function formatHelp(command: Commander, helper: Help): string {
  const termWidth = helper.padWidth(command, helper);
  const section = ([heading, rows]: [string, readonly Row[]]): string =>
    [heading, ...rows.map(([term, description]) => helper.formatItem(term, termWidth, description, helper))].join('\n');
  const commands = helper.visibleCommands(command).map((each): Row => [subcommandTerm(each), each.description()]);
  return [
    `Usage: ${helper.commandUsage(command)}\n${command.description()}`,
    ...(commands.length > 0 ? [section(['Commands:', commands])] : []),
    ...[...groupsOf(command, helper)].map(section),
    ...(command.parent ? [globalLine(command, helper)] : []),
  ]
    .map(part => `${part}\n`)
    .join('\n');
}

function groupsOf(command: Commander, helper: Help): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  const visible = helper.visibleOptions(command);
  const shown = command.parent ? visible.filter(option => option.helpGroupHeading !== globalGroup) : visible;
  const given = command.registeredArguments.map((each): Row => [argumentTerm(each), each.description]);
  if (given.length > 0) groups.set(shown[0] ? headingOf(shown[0]) : 'Arguments:', given);
  for (const option of shown) {
    const rows = groups.get(headingOf(option)) ?? [];
    groups.set(headingOf(option), [...rows, [option.flags, option.description]]);
  }
  return groups;
}

const headingOf = ({ helpGroupHeading = 'Options:' }: { helpGroupHeading?: string }): string => helpGroupHeading;

function globalLine(command: Commander, helper: Help): string {
  const names = command.options.filter(option => option.helpGroupHeading === globalGroup).map(({ long }) => long);
  const line = `Global options: ${names.join(', ')}; see webhook-cli --help`;
  return helper.boxWrap(line, helper.helpWidth ?? 80);
}

export const examplesOf = (lines: readonly string[], heading = 'Examples:'): string =>
  ['', heading, ...lines.map(line => `  $ webhook-cli ${line}`)].join('\n');

/** The end of the program's page: what all commands have in common, and where to begin. */
export const programNotes = `
Environment:
  WEBHOOK_URL       URL of the receiver, unless a flag gives another
  WEBHOOK_SECRET    Signing secret, unless a flag gives another

Exit codes:
  0 success, 1 a check, signature or expectation did not pass, 2 usage,
  65 unreadable input, 69 not reached, 70 a bug, 74 local error (disk full,
  port in use), 129, 130 and 143 stopped by a signal
${examplesOf(['demo', 'listen', 'send --status APPROVED', 'send --help'], 'First steps:')}`;
