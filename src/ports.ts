/** The date and random bytes, the only source of either below `main.ts`; durations use `performance.now`. */
export interface Clock {
  now: () => Date;
  /** Returns `size` cryptographically random bytes. */
  randomBytes: (size: number) => Uint8Array;
}

/** Returns a new unique id of 32 hexadecimal digits. */
export const newId = ({ randomBytes }: Clock): string => Buffer.from(randomBytes(16)).toString('hex');

/** What a command may read: its environment, its folder and standard input. */
export interface Environment {
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  homeDirectory: string;
  /** The user's numeric id; undefined on systems without one. */
  userId: number | undefined;
  /** The folder of this package, with a slash at its end. */
  packageRoot: URL;
  /** The version of this package. */
  version: string;
  /** The script of a second thread, for long inputs; undefined if there is only one core. */
  workerScript: URL | undefined;
  /** Chooses what the heaps of all threads are for; undefined if the program shares its process. */
  aimHeapsAt?: ((aim: 'speed' | 'memory') => Promise<void>) | undefined;
  configFlags: ConfigFlags;
  /** Standard input, as a stream. */
  openStdin: () => AsyncIterable<Buffer>;
  /** All of standard input. */
  readStdin: () => Promise<Buffer>;
  /** Aborted when the user asks the program to stop: finish work in flight, and start nothing new. */
  signal: AbortSignal;
  /** Waits for `signal`, in a command that is meant to end with Ctrl-C, which then doesn't affect the exit code. */
  untilStopped: () => Promise<void>;
}

/** The place of the configuration, from flags that every command has. */
export interface ConfigFlags {
  config?: string | undefined;
  profile?: string | undefined;
  dotenv?: string | undefined;
}

/** `negative`: the work was done, but a check, signature or expectation did not pass. */
export type Verdict = 'positive' | 'negative';

/** A command's output while it works. */
export interface Reporting<Report = never> {
  /** `negative` shows the report even with `--quiet`. */
  report: (report: Report, verdict?: Verdict) => Promise<void>;
  warn: (message: string) => void;
  /** Shows a warning even with `--quiet`. */
  caution: (message: string) => void;
  /** Reports that one of several items failed, and lets the others continue; affects the exit code. */
  fail: (error: unknown) => void;
  /** Shows progress on a terminal until the next report, and an occasional line elsewhere. `share` is from 0 to 1. */
  progress: (text: string, share?: number) => void;
  /** Asks the user; undefined without a terminal. */
  ask?: Ask | undefined;
  /**
   * Calls `press` with each key the user presses, until the returned function is called. Returns
   * undefined without a terminal, or if the keys go to another process.
   */
  heedKeys: (press: (key: string) => void) => Promise<(() => void) | undefined>;
  /** Whether text goes to a terminal. */
  isWatched: boolean;
  /** Aborted when standard output is no longer read. */
  outputGone: AbortSignal;
}

/** Questions to the user. Esc or Ctrl-C ends the command, so the question never resolves. */
export interface Ask {
  /** One of several. */
  select: <Value>(question: SelectQuestion<Value>) => Promise<Value>;
  /** One or more of several. All are selected at first. */
  pick: <Value>(question: SelectQuestion<Value>) => Promise<Value[]>;
  input: (question: InputQuestion) => Promise<string>;
  /** Doesn't show the typed text. */
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
  /** The text that stays on the screen once chosen. */
  short?: string;
}

interface InputQuestion {
  message: string;
  default?: string;
  /** Returns what is wrong with a text; undefined if it is valid. */
  problem?: (text: string) => string | undefined;
}
