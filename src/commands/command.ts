import type { Command as Commander } from 'commander';
import type { Clock, Environment, Reporting, Verdict } from '../ports.js';
import type { Style } from '../text/style.js';
import { refuseBrokenRules, type FlagRule } from './flag-rules.js';
import type { CommandEntry, CommandName } from './index.js';

export type { Verdict };

/** All that `--help` needs of a command; the work itself is loaded only when the command is run. */
export interface CommandDefinition<Options, R extends Report> {
  name: CommandName;
  /** Command lines without the program's name; each one works as it is. */
  examples: readonly string[];
  configure: (command: Commander) => void;
  /** What has to hold between its flags. */
  rules?: readonly FlagRule[];
  load: () => Promise<CommandModule<Options, R>>;
}

type CommandModule<Options, R extends Report> = {
  run: (options: Options, context: Context<R>) => Promise<Verdict>;
} & (View<R, string | Uint8Array | undefined> | (View<R, string | undefined> & { hasOnlyWords: true }));

interface View<R extends Report, Shown> {
  /** Words are shown as lines; bytes are a document that was asked for, written as it is; undefined shows nothing. */
  view: (report: R, style: Style) => Shown;
  /** Whether no report is a document: then `--quiet` skips the view. */
  hasOnlyWords?: boolean;
}

/** One thing that happened. `--json` prints it as it is, so its shape is public. */
export interface Report {
  readonly type: string;
}

/** The outside world, as a command sees it. A function takes the ports that it needs, by their names. */
export interface Ports<R extends Report = never> {
  clock: Clock;
  environment: Environment;
  reporting: Reporting<R>;
}

/** What the command line gives to a command; its reports get their view from the command itself. */
export interface GivenPorts extends Omit<Ports, 'reporting'> {
  reporting: Omit<Reporting, 'report'>;
}

/** The same in one object, from before there were ports. */
export interface Context<R extends Report = never>
  extends Ports<R>, Omit<Clock, 'randomBytes'>, Environment, Reporting<R> {
  entropy: Clock['randomBytes'];
}

export type { Style } from '../text/style.js';

/** A command whose option and report types are its own business. */
export interface DefinedCommand extends Pick<CommandDefinition<never, never>, 'name' | 'examples' | 'configure'> {
  execute: (options: Record<string, unknown>, ports: GivenPorts, show: Show) => Promise<Verdict>;
}

export type Command = CommandEntry & DefinedCommand;

export type Show = (report: Report, showing: Showing, verdict: Verdict) => Promise<void>;

interface Showing {
  view: (style: Style) => string | Uint8Array | undefined;
  hasOnlyWords: boolean;
}

export const defineCommand = <Options, R extends Report>({
  load,
  rules = [],
  ...help
}: CommandDefinition<Options, R>): DefinedCommand => ({
  ...help,
  async execute(options, ports, show) {
    refuseBrokenRules(rules, options);
    const { run, view, hasOnlyWords = false } = await load();
    const report = (report: R, verdict: Verdict = 'positive') =>
      show(report, { view: style => view(report, style), hasOnlyWords }, verdict);
    // The one place where commander's untyped options become a command's own type.
    return run(options as Options, flat({ ...ports, reporting: { ...ports.reporting, report } }));
  },
});

/** Adds the members of the ports, for commands that don't take ports yet. */
const flat = <R extends Report>(ports: Ports<R>): Context<R> => ({
  ...ports.environment,
  ...ports.reporting,
  now: ports.clock.now,
  entropy: ports.clock.randomBytes,
  ...ports,
});
