import type { Argument, Command as Commander, Help } from 'commander';
import { topicEntries } from '../../commands/index.js';

/** The heading of the global flags: the program's page explains them, and a command's page only names them. */
export const globalGroup = 'Global options, before or after the command:';

export const subcommandTerm = (command: Commander): string =>
  [command.name(), ...command.registeredArguments.map(argumentTerm)].join(' ');

/** The usage spelling: `<file>`, or `[file...]` if optional and repeatable. */
function argumentTerm(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

type Row = [term: string, description: string];

/** A page that fits one screen: arguments share the first group of flags. */
export function formatHelp(command: Commander, helper: Help): string {
  const commands = helper.visibleCommands(command).map((each): Row => [subcommandTerm(each), each.description()]);
  const groups = [...groupsOf(command, helper)].filter(([heading]) => !command.parent || !elsewhere.has(heading));
  return parts([
    `Usage: ${helper.commandUsage(command)}\n${command.description()}`,
    ...(commands.length > 0 ? [section(['Commands:', [...commands, ...topicRows]], command, helper)] : []),
    ...groups.map(group => section(group, command, helper)),
    ...(command.parent ? [sharedLines(command, helper)] : []),
  ]);
}

/** A page for flags that several commands share. */
export const formatTopic = (command: Commander, helper: Help): string =>
  parts([command.description(), ...[...groupsOf(command, helper)].map(group => section(group, command, helper))]);

const topicRows: readonly Row[] = topicEntries.map(({ name, summary }) => [`help ${name}`, summary]);

const parts = (texts: readonly string[]): string => texts.map(text => `${text}\n`).join('\n');

function section([heading, rows]: readonly [string, readonly Row[]], command: Commander, helper: Help): string {
  const width = helper.padWidth(command, helper);
  return [heading, ...rows.map(([term, description]) => helper.formatItem(term, width, description, helper))].join(
    '\n',
  );
}

function groupsOf(command: Commander, helper: Help): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  const visible = helper.visibleOptions(command);
  const given = command.registeredArguments.map((each): Row => [argumentTerm(each), each.description]);
  if (given.length > 0) groups.set(visible[0] ? headingOf(visible[0]) : 'Arguments:', given);
  for (const option of visible) {
    const rows = groups.get(headingOf(option)) ?? [];
    groups.set(headingOf(option), [...rows, [option.flags, option.description]]);
  }
  return groups;
}

const headingOf = ({ helpGroupHeading = 'Options:' }: { helpGroupHeading?: string }): string => helpGroupHeading;

/** The groups that a command's page only names: their headings, and where they are explained. */
const elsewhere: ReadonlyMap<string, { name: string; page: string }> = new Map([
  ...topicEntries.map(({ group, name }) => [group, { name: group, page: `help ${name}` }] as const),
  [globalGroup, { name: 'Global options:', page: '--help' }],
]);

function sharedLines(command: Commander, helper: Help): string {
  const lines = [...elsewhere].flatMap(([heading, { name, page }]) => {
    const flags = command.options.filter(option => !option.hidden && headingOf(option) === heading);
    if (flags.length === 0) return [];
    const line = `${name} ${flags.map(({ long }) => long).join(', ')}; see webhook-cli ${page}`;
    return [helper.boxWrap(line, helper.helpWidth ?? 80)];
  });
  return lines.join('\n');
}

export const examplesOf = (lines: readonly string[], heading = 'Examples:'): string =>
  ['', heading, ...lines.map(line => `  $ webhook-cli ${line}`)].join('\n');

/** The end of the program's page: what all commands share, and first steps. */
export const programNotes = `
Environment:
  WEBHOOK_URL       URL of the receiver, unless a flag gives another
  WEBHOOK_SECRET    Signing secret, unless a flag gives another

Exit codes:
  0 success, 1 a check, signature or expectation did not pass, 2 usage,
  65 unreadable input, 69 not reached, 70 a bug, 74 local error (disk full,
  port in use), 129, 130 and 143 stopped by a signal
${examplesOf(['demo', 'listen', 'send --status APPROVED', 'send --help'], 'First steps:')}`;
