import { once, setMaxListeners } from 'node:events';
import { addAbortSignal } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { GivenPorts } from '../contract/command.js';
import { commandEntries, topicEntries } from '../commands/index.js';
import type * as failures from './report-failure.js';
import type { Environment } from '../ports.js';
import { askIn, isAnybodyThere } from './terminal/ask.js';
import { ExitCode, exitCodeOf, gravest } from './exit-code.js';
import { globalFlagsIn, type GlobalFlags } from './argv/global-flags.js';
import type { Host, StopSignal } from './host.js';
import { createNotices } from './terminal/notices.js';
import { createOutput, type Output } from './terminal/output.js';
import { createProgress, type Progress } from './terminal/progress.js';
import type { Invocation, Named } from './argv/parse.js';

/** Runs one command line on `host`. Never throws, never exits: the result is the exit code. */
export async function runCli(argv: readonly string[], host: Host): Promise<ExitCode> {
  const interruption = heedSignals(host);
  const output = createOutput(host.stdout, interruption.signal);
  let flags: GlobalFlags = globalFlagsIn(argv);
  try {
    const invocation = await interpret(argv, host, text => void output.write(text));
    if (invocation !== 'answered') {
      flags = invocation.flags;
      return await execute(invocation, host, { output, interruption });
    }
    await output.flush();
    return ExitCode.Success;
  } catch (error) {
    const { reportFailure } = await import('./report-failure.js');
    return reportFailure(error, host, flags);
  }
}

/** Loads only what the command line needs, and answers lines that need no command. */
async function interpret(
  argv: readonly string[],
  host: Host,
  write: (text: string) => void,
): Promise<Invocation | 'answered'> {
  if (isVersion(argv)) {
    write(`${host.version}\n`);
    return 'answered';
  }
  const [{ parse, programFor }, named] = await Promise.all([import('./argv/parse.js'), namedIn(argv)]);
  if (!isTab(argv)) {
    try {
      return parse(argv, host, { ...named, write });
    } catch (error) {
      const { withKnownValues } = await import('./argv/known-values.js');
      throw await withKnownValues(error, host);
    }
  }
  const { answerTab } = await import('./completion/answer.js');
  write(await answerTab(argv.slice(2), programFor(named, host), host));
  return 'answered';
}

/** The one command line that needs no parser. */
const isVersion = (argv: readonly string[]): boolean => argv.length === 1 && /^(?:--version|-V)$/.test(argv[0] ?? '');

/** Whether a shell asks for completions. Help doesn't show this, since only scripts use it. */
const isTab = ([first, second]: readonly string[]): boolean => first === 'complete' && second === '--';

/** The possible commands and topics: a word that looks like a name may be a value. */
async function namedIn(argv: readonly string[]): Promise<Named> {
  const isNamed = ({ name }: { name: string }) => argv.includes(name);
  const commands = commandEntries.some(isNamed) ? (await import('../commands/definitions.js')).commands : [];
  const isTopic = argv.includes('help') && topicEntries.some(isNamed);
  const topics = isTopic ? (await import('../commands/topics.js')).topics : [];
  return { commands: commands.filter(isNamed), topics: topics.filter(isNamed) };
}

async function execute(
  { command, options, flags }: Invocation,
  host: Host,
  { output, interruption }: Running,
): Promise<ExitCode> {
  const [{ createPrinter }, reporters] = await Promise.all([
    import('./terminal/printer.js'),
    import('./report-failure.js'),
  ]);
  const progress = createProgress(host, flags, output);
  const { reporting, fail, notices, codes } = createReporting(
    { host, flags, progress },
    { output, interruption },
    reporters,
  );
  const ports: GivenPorts = {
    clock: { now: host.now, randomBytes: host.randomBytes },
    environment: environmentOf(host, flags, interruption),
    reporting,
  };
  try {
    const print = createPrinter(host, output, flags);
    const verdict = await command.execute(options, ports, (...report) => {
      progress.clear();
      return print(...report);
    });
    codes.push(verdict === 'positive' ? ExitCode.Success : ExitCode.Negative);
  } catch (error) {
    fail(error);
  }
  progress.clear();
  await output.flush().catch(fail);
  await notices.flush();
  return gravest([...codes, ...interruption.codes]);
}

interface Running {
  output: Output;
  interruption: Interruption;
}

/** `codes` grows with each failure. */
function createReporting(
  { host, flags, progress }: { host: Host; flags: GlobalFlags; progress: Progress },
  { output, interruption: { signal, interrupt } }: Running,
  { reportFailure, reportWarning }: typeof failures,
) {
  const codes: ExitCode[] = [];
  const notices = createNotices(host.stderr, signal, omitted => {
    const words = `${omitted} messages were dropped because they weren't read in time`;
    reportWarning(words, host, { ...flags, quiet: false });
  });
  // Keep the order: flush earlier output before writing to standard error.
  const makeWay = () => {
    progress.clear();
    output.push();
  };
  const fail = (error: unknown) => {
    makeWay();
    // Work the user stopped hasn't failed.
    if (signal.aborted && isAbort(error)) return;
    codes.push(exitCodeOf(error));
    notices.add(() => reportFailure(error, host, flags));
  };
  const warnWith = (warningFlags: GlobalFlags) => (message: string) => {
    makeWay();
    notices.add(() => {
      reportWarning(message, host, warningFlags);
    });
  };
  const reporting: GivenPorts['reporting'] = {
    warn: warnWith(flags),
    caution: warnWith({ ...flags, quiet: false }),
    fail,
    progress: progress.show,
    ask: askIn({ host, flags, signal, interrupt }),
    heedKeys: async press => {
      const isWanted = isAnybodyThere(host) && !flags.json && !flags.quiet;
      return isWanted ? (await import('./terminal/keys.js')).heedKeys(press, host, signal) : undefined;
    },
    isWatched: host.stdout.isTTY === true && !flags.json,
    outputGone: output.gone,
  };
  return { reporting, fail, notices, codes };
}

const environmentOf = (
  host: Host,
  { config, profile, dotenv }: GlobalFlags,
  { signal, untilStopped }: Interruption,
): Environment => ({
  env: host.env,
  cwd: host.cwd,
  homeDirectory: host.homeDirectory,
  userId: host.userId,
  packageRoot: host.packageRoot,
  version: host.version,
  workerScript: host.workerScript,
  aimHeapsAt: host.aimHeapsAt,
  configFlags: { config, profile, dotenv },
  openStdin: () => addAbortSignal(signal, host.stdin),
  readStdin: () => buffer(addAbortSignal(signal, host.stdin)),
  signal,
  untilStopped,
});

interface Interruption {
  signal: AbortSignal;
  codes: ExitCode[];
  /** Does what Ctrl-C does. */
  interrupt: () => void;
  untilStopped: Environment['untilStopped'];
}

const stopCodes: Record<StopSignal, ExitCode> = {
  SIGHUP: ExitCode.HungUp,
  SIGINT: ExitCode.Interrupted,
  SIGTERM: ExitCode.Terminated,
};

function heedSignals(host: Host): Interruption {
  const stop = new AbortController();
  // A thousand requests in flight may each listen to it, which isn't a leak.
  setMaxListeners(0, stop.signal);
  const codes: ExitCode[] = [];
  let isAwaited = false;
  const heed = (signal: StopSignal) => {
    if (!(isAwaited && signal === 'SIGINT')) codes.push(stopCodes[signal]);
    stop.abort();
  };
  host.onInterrupt(heed);
  return {
    signal: stop.signal,
    codes,
    interrupt: () => {
      heed('SIGINT');
    },
    untilStopped: async () => {
      isAwaited = true;
      if (!stop.signal.aborted) await once(stop.signal, 'abort');
    },
  };
}

/** A reader may have wrapped it in its own error. */
const isAbort = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'AbortError' || isAbort(error.cause));
