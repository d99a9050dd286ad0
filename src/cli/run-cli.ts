import type { Context } from '../commands/command.js';
import { ExitCode, gravest } from './exit-code.js';
import type { Host, StopSignal } from './host.js';
import { createOutput, type Output } from './output.js';
import { globalFlagsIn, parse, type GlobalFlags, type Invocation } from './parse.js';

/** Runs one command line on `host`. Never throws, never exits: the result is the exit code. */
export async function runCli(argv: readonly string[], host: Host): Promise<ExitCode> {
  const output = createOutput(host.stdout);
  let flags: GlobalFlags = globalFlagsIn(argv);
  try {
    const invocation = parse(argv, host, text => void output.write(text));
    if (invocation !== 'answered') {
      flags = invocation.flags;
      return await execute(invocation, host, output);
    }
    await output.flush();
    return ExitCode.Success;
  } catch (error) {
    const { reportFailure } = await import('./report-failure.js');
    return reportFailure(error, host, flags);
  }
}

async function execute({ command, options, flags }: Invocation, host: Host, output: Output): Promise<ExitCode> {
  const [{ createPrinter }, { reportFailure, reportWarning }] = await Promise.all([
    import('./printer.js'),
    import('./report-failure.js'),
  ]);
  const codes: ExitCode[] = [];
  const fail = (error: unknown) => codes.push(reportFailure(error, host, flags));
  const { env, cwd, homeDirectory, packageRoot, version, now, entropy } = host;
  const context: Omit<Context, 'report'> = {
    ...{ env, cwd, homeDirectory, packageRoot, version, now, entropy },
    stdin: () => host.stdin,
    signal: stopSignal(host, codes),
    warn: message => {
      reportWarning(message, host, flags);
    },
    fail,
  };
  try {
    const verdict = await command.execute(options, context, createPrinter(host, output, flags));
    codes.push(verdict === 'positive' ? ExitCode.Success : ExitCode.Negative);
  } catch (error) {
    fail(error);
  }
  await output.flush().catch(fail);
  return gravest(codes);
}

const stopCodes: Record<StopSignal, ExitCode> = { SIGINT: ExitCode.Interrupted, SIGTERM: ExitCode.Terminated };

function stopSignal(host: Host, codes: ExitCode[]): AbortSignal {
  const stop = new AbortController();
  host.onInterrupt(signal => {
    codes.push(stopCodes[signal]);
    stop.abort();
  });
  return stop.signal;
}
