import type { Command as Commander } from 'commander';
import type { ConfigFlags } from '../config/configuration.js';
import type { CommandError } from '../errors.js';
import type { Ask } from './ask.js';
import type { CommandEntry, CommandName } from './index.js';

export type { ConfigFlags };

/** What its own `--help` needs; the work itself is loaded only when the command is run. */
export interface CommandDefinition<Options, R extends Report> {
  name: CommandName;
  /** Command lines without the program's name; each one works as it stands. */
  examples: readonly string[];
  configure: (command: Commander) => void;
  load: () => Promise<CommandModule<Options, R>>;
}

type CommandModule<Options, R extends Report> = {
  run: (options: Options, context: Context<R>) => Promise<Verdict>;
} & (View<R, string | Uint8Array | undefined> | (View<R, string | undefined> & { hasOnlyWords: true }));

interface View<R extends Report, Shown> {
  /** Words are shown as lines; bytes are a document that was asked for, written as it is. Nothing: it goes without words. */
  view: (report: R, style: Style) => Shown;
  /** No report is a document, so with `--quiet` no view is made in vain. */
  hasOnlyWords?: boolean;
}

/** `negative`: the work was done and the answer is no, as for a delivery that was refused. */
export type Verdict = 'positive' | 'negative';

/** One thing that happened. `--json` prints it as it is, so its shape is public. */
export interface Report {
  readonly type: string;
}

/** All that a command may know of the outside world, apart from files and the network. */
export interface Context<R extends Report = never> {
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  homeDirectory: string;
  /** The folder of this package, with a slash at its end. */
  packageRoot: URL;
  version: string;
  /** What a second thread runs, to help with long inputs; none where there is but one core. */
  workerScript: URL | undefined;
  /** Of the system's user; none where it has no such numbers. */
  userId: number | undefined;
  configFlags: ConfigFlags;
  /** Standard input, as it comes. */
  openStdin: () => AsyncIterable<Buffer>;
  /** All of standard input. */
  readStdin: () => Promise<Buffer>;
  now: () => Date;
  /** So many bytes that nobody can foretell. */
  entropy: (size: number) => Uint8Array;
  /** Aborted when the user asks the program to stop: finish what is in flight, begin nothing new. */
  signal: AbortSignal;
  /** Whether words go to a terminal, where a person reads them. */
  isWatched: boolean;
  /** Aborted when nobody reads standard output any more: what goes on for nothing else may end. */
  outputGone: AbortSignal;
  /** `negative` for what is worth seeing even with `--quiet`. */
  report: (report: R, verdict?: Verdict) => Promise<void>;
  warn: (message: string) => void;
  /** Says on a terminal what is going on, until the next report; elsewhere a line now and then. `share`: of it done, 0 to 1. */
  progress: (text: string, share?: number) => void;
  /** A warning that has to be seen even with `--quiet`. */
  caution: (message: string) => void;
  /** Asks the person at the terminal; absent where nobody is. */
  ask?: Ask | undefined;
  /** Says that one item of several failed, and lets the others go on; the exit code remembers it. */
  fail: (error: CommandError) => void;
}

type Paint = (text: string) => string;

/** Colours by meaning; a view never names a colour. */
export interface Style {
  good: Paint;
  bad: Paint;
  warning: Paint;
  faint: Paint;
  strong: Paint;
  /** Every text from outside goes through here on its way to the screen. */
  visible: Paint;
  marks: Marks;
  /** Of the terminal; infinite where there is none. */
  columns: number;
}

export type Marks = Record<'good' | 'bad' | 'warning' | 'none' | 'out' | 'in' | 'again' | 'cut', string>;

/** A command whose option and report types are its own business. */
export interface DefinedCommand extends Pick<CommandDefinition<never, never>, 'name' | 'examples' | 'configure'> {
  execute: (options: unknown, context: Omit<Context, 'report'>, show: Show) => Promise<Verdict>;
}

export type Command = CommandEntry & DefinedCommand;

export type Show = (report: Report, showing: Showing, verdict: Verdict) => Promise<void>;

interface Showing {
  view: (style: Style) => string | Uint8Array | undefined;
  hasOnlyWords: boolean;
}

export const defineCommand = <Options, R extends Report>({
  load,
  ...help
}: CommandDefinition<Options, R>): DefinedCommand => ({
  ...help,
  async execute(options, context, show) {
    const { run, view, hasOnlyWords = false } = await load();
    const report = (report: R, verdict: Verdict = 'positive') =>
      show(report, { view: style => view(report, style), hasOnlyWords }, verdict);
    // The one place where commander's untyped options become a command's own type.
    return run(options as Options, { ...context, report });
  },
});
