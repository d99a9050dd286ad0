/** The date and random bytes. Nothing below `main.ts` gets either in any other way; durations are measured with `performance.now`. */
export interface Clock {
  now: () => Date;
  /** Returns `size` cryptographically random bytes. */
  randomBytes: (size: number) => Uint8Array;
}

/** Returns a new id of 32 hexadecimal digits, which nobody else makes. */
export const newId = ({ randomBytes }: Clock): string => Buffer.from(randomBytes(16)).toString('hex');

/** What a command may read: its environment, its folder and standard input. */
export interface Environment {
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  homeDirectory: string;
  /** The user's number; undefined on systems without one. */
  userId: number | undefined;
  /** The folder of this package, with a slash at its end. */
  packageRoot: URL;
  /** The version of this package. */
  version: string;
  /** What a second thread runs, to help with long inputs; undefined where there is only one core. */
  workerScript: URL | undefined;
  configFlags: ConfigFlags;
  /** Standard input, as it comes. */
  openStdin: () => AsyncIterable<Buffer>;
  /** All of standard input. */
  readStdin: () => Promise<Buffer>;
  /** Aborted when the user asks the program to stop: finish what is in flight, and begin nothing new. */
  signal: AbortSignal;
  /** Waits for `signal`. Ctrl-C is then how the command is meant to end, and no reason for an exit code other than 0. */
  untilStopped: () => Promise<void>;
}

/** Where the configuration is, as flags that every command has say it. */
export interface ConfigFlags {
  config?: string | undefined;
  profile?: string | undefined;
  dotenv?: string | undefined;
}

/** `negative`: the work was done, and a check, a signature or an expectation did not pass. */
export type Verdict = 'positive' | 'negative';

/** What a command says while it works. */
export interface Reporting<Report = never> {
  /** `negative` for what is worth seeing even with `--quiet`. */
  report: (report: Report, verdict?: Verdict) => Promise<void>;
  warn: (message: string) => void;
  /** Shows a warning even with `--quiet`. */
  caution: (message: string) => void;
  /** Reports that one item of several failed, and lets the others go on; the exit code remembers it. */
  fail: (error: unknown) => void;
  /** Shows progress on a terminal until the next report, and a line now and then elsewhere. `share` is from 0 to 1. */
  progress: (text: string, share?: number) => void;
  /** Asks the person at the terminal; undefined where there is none. */
  ask?: Ask | undefined;
  /**
   * Calls `press` with each key that the person at the terminal presses, until the function that it returns is called. Returns
   * undefined where there is nobody, or where the keys are for somebody else.
   */
  heedKeys: (press: (key: string) => void) => Promise<(() => void) | undefined>;
  /** Whether words go to a terminal, where a person reads them. */
  isWatched: boolean;
  /** Aborted when nobody reads standard output any more. */
  outputGone: AbortSignal;
}

/** Questions to a person. Whoever presses Esc or Ctrl-C ends the command: then nothing comes back. */
export interface Ask {
  /** One of several. */
  select: <Value>(question: SelectQuestion<Value>) => Promise<Value>;
  /** Any of several, and one at least. All are chosen until the person says otherwise. */
  pick: <Value>(question: SelectQuestion<Value>) => Promise<Value[]>;
  input: (question: InputQuestion) => Promise<string>;
  /** What is typed isn't shown. */
  secret: (question: { message: string }) => Promise<string>;
  confirm: (question: { message: string; default: boolean }) => Promise<boolean>;
}

export interface SelectQuestion<Value> {
  message: string;
  choices: readonly Choice<Value>[];
}

interface Choice<Value> {
  value: Value;
  name: string;
  /** What is left on the screen once it is chosen. */
  short?: string;
}

interface InputQuestion {
  message: string;
  default?: string;
  /** What is wrong with a text, in words; nothing where it will do. */
  problem?: (text: string) => string | undefined;
}
