import type { Command as Commander } from 'commander';
import type { Clock, Environment, Reporting, Verdict } from '../ports.js';
import type { Style } from '../text/style.js';
import { refuseBrokenRules, type FlagRule } from './flag-rules.js';

export type { Verdict };

/** A command's entry in the program's help. */
export interface CommandEntry {
  name: string;
  /** Its arguments, as in a usage line. */
  takes?: string;
  summary: string;
}

/** An example of a help page. */
export interface Example {
  /** What the line is for: a short imperative without a full stop. */
  purpose: string;
  /** The command line without the program's name; it works as it is. */
  line: string;
}

/** All that `--help` needs of a command; the work itself is loaded only when the command is run. */
export interface CommandDefinition<Options, R extends Report> {
  name: string;
  /** The most common use comes first. */
  examples: readonly Example[];
  configure: (command: Commander) => void;
  /** The rules between its flags. */
  rules?: readonly FlagRule[];
  load: () => Promise<CommandModule<Options, R>>;
}

type CommandModule<Options, R extends Report> = {
  run: (options: Options, ports: Ports<R>) => Promise<Verdict>;
} & (View<R, string | Uint8Array | undefined> | (View<R, string | undefined> & { hasOnlyWords: true }));

interface View<R extends Report, Shown> {
  /** Text is shown as lines; bytes are a requested document, written as is; undefined shows nothing. */
  view: (report: R, style: Style) => Shown;
  /** Whether no report is a document: then `--quiet` skips the view. */
  hasOnlyWords?: boolean;
}

/** One thing that happened. `--json` prints it as is, so its shape is public. */
export interface Report {
  readonly type: string;
}

/** The outside world, as a command sees it. Functions take the ports that they need by name. */
export interface Ports<R extends Report = never> {
  clock: Clock;
  environment: Environment;
  reporting: Reporting<R>;
}

/** The ports that the command line gives to a command; the command itself adds the view of its reports. */
export interface GivenPorts extends Omit<Ports, 'reporting'> {
  reporting: Omit<Reporting, 'report'>;
}

export type { Style } from '../text/style.js';

/** A command whose option and report types are hidden. */
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
    return run(options as Options, { ...ports, reporting: { ...ports.reporting, report } });
  },
});
