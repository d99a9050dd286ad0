import type { Argument, Command as Commander, Help } from 'commander';
import { topicEntries } from '../../commands/index.js';
import type { Example } from '../../contract/command.js';

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
  const own = visible.find(option => !elsewhere.has(headingOf(option)));
  if (given.length > 0) groups.set(own ? headingOf(own) : 'Arguments:', given);
  for (const option of visible) {
    const rows = groups.get(headingOf(option)) ?? [];
    groups.set(headingOf(option), [...rows, [option.flags, option.description]]);
  }
  return groups;
}

const headingOf = ({ helpGroupHeading = 'Options:' }: { helpGroupHeading?: string }): string => helpGroupHeading;

/** A group that a command's page only names, and where it is explained. */
interface Elsewhere {
  name: string;
  /** Undefined if all of them are named. */
  flags?: string;
  page: string;
}

/** By heading. */
const elsewhere: ReadonlyMap<string, Elsewhere> = new Map<string, Elsewhere>([
  ...topicEntries.map(({ group, name }) => [group, { name: group, page: `help ${name}` }] as const),
  [globalGroup, { name: 'Global options:', flags: '--json, --quiet, --no-color and others', page: '--help' }],
]);

function sharedLines(command: Commander, helper: Help): string {
  const lines = [...elsewhere].flatMap(([heading, { name, flags, page }]) => {
    const listed = command.options.filter(option => !option.hidden && headingOf(option) === heading);
    if (listed.length === 0) return [];
    const line = `${name} ${flags ?? listed.map(({ long }) => long).join(', ')}; see webhook-cli ${page}`;
    return [helper.boxWrap(line, helper.helpWidth ?? 80)];
  });
  return lines.join('\n');
}

export const examplesOf = (examples: readonly Example[], heading = 'Examples:'): string =>
  ['', heading, ...examples.flatMap(({ purpose, line }) => [`  # ${purpose}`, `  $ webhook-cli ${line}`])].join('\n');

const firstSteps: readonly Example[] = [
  { purpose: 'See signed events sent, verified and refused', line: 'demo' },
  { purpose: 'Receive events in one terminal', line: 'listen' },
  { purpose: 'Send an approval from another', line: 'send --status APPROVED' },
];

/** The end of the program's page: what all commands share, and first steps. */
export const programNotes = `
Environment:
  WEBHOOK_URL            Receiver URL; a flag takes precedence
  WEBHOOK_SECRET         Signing secret; a flag takes precedence

Exit codes:
  0 success; 1 a check, signature or expectation failed; 2 usage error;
  65 unreadable input; 69 no connection or no response; 70 a bug; 74 local
  error (disk full, port in use); 129, 130, 143 stopped by a signal
${examplesOf(firstSteps, 'First steps:')}`;
