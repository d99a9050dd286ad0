import { readFileSync } from 'node:fs';
import { ExitCode } from './cli/exit-code.js';
import { systemHost } from './cli/host.js';
import { globalFlagsIn } from './cli/argv/global-flags.js';
import { runCli } from './cli/run-cli.js';

/** Runs this thread as a worker of the process that started it. */
export const work = async (): Promise<void> => (await import('./cli/worker.js')).work();

/** Runs this process's command line. `packageRoot` is the folder of package.json, with a trailing slash. */
export async function main(packageRoot: URL): Promise<ExitCode> {
  const argv = process.argv.slice(2);
  const { version } = JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')) as { version: string };
  // Standard error is no longer read (`2>&1 | head`), which doesn't affect the work.
  process.stderr.on('error', () => undefined);
  process.on('uncaughtException', error => {
    void import('./cli/report-failure.js').then(({ reportFailure }) => {
      reportFailure(error, process, globalFlagsIn(argv));
      process.exit(ExitCode.Bug);
    });
  });
  const exitCode = await runCli(argv, systemHost(process, { packageRoot, version }));
  // Remaining output has no reader, and waiting for one would keep the process alive.
  if (process.stdout.writableLength > 0 || process.stderr.writableLength > 0) process.exit(exitCode);
  return exitCode;
}
