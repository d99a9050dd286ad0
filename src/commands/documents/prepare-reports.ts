import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { LocalError, UsageError, systemCode, systemWords } from '../../errors.js';
import type { Environment } from '../../ports.js';
import type { ReportRequest } from './report-flag.js';

/**
 * Checks the files of `--report` first, so that an unwritable report fails before the run, not after it.
 * Throws UsageError if two reports would go to one file, and LocalError if a folder is missing or not writable.
 */
export async function prepareReports(
  requests: readonly ReportRequest[] = [],
  { cwd }: Pick<Environment, 'cwd'>,
): Promise<void> {
  const taken = new Set<string>();
  for (const { file } of requests) {
    if (file === undefined) continue;
    const target = await targetOf(file, cwd);
    if (target === undefined) continue;
    if (taken.has(target)) {
      throw new UsageError(`--report: two reports for ${file}: a file holds one document`, {
        hint: 'use another file, like --report junit=report.xml',
      });
    }
    taken.add(target);
  }
}

/** Returns the real path of a report; undefined for a pipe or a device. Throws LocalError. */
async function targetOf(file: string, cwd: string): Promise<string | undefined> {
  const named = path.resolve(cwd, file);
  const found = await stat(named).catch(() => undefined);
  if (found?.isDirectory()) throw unwritable(file, 'it is a folder', undefined);
  if (found && !found.isFile()) return undefined;
  const real = await realpath(named).catch(() => named);
  try {
    // The folder must be writable: the report is first written to a temporary file there.
    await access(path.dirname(real) + path.sep, constants.W_OK);
    return path.join(await realpath(path.dirname(real)), path.basename(real));
  } catch (cause) {
    if (systemCode(cause) === '') throw cause;
    throw unwritable(file, systemWords(cause), cause);
  }
}

const unwritable = (file: string, why: string, cause: unknown): LocalError =>
  new LocalError(`can't write the report ${file}: ${why}`, { cause, hint: 'does its folder exist, and is it yours?' });
