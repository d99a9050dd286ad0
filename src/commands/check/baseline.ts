import path from 'node:path';
import { earlierRunIn, type EarlierRun } from '../../conformance/earlier-run.js';
import type { Ports } from '../../contract/command.js';
import { InputError, systemCode, systemWords, UsageError } from '../../errors.js';
import { readSmall, UnfitFileError } from '../../file/small-file.js';
import type { Finding } from '../../report/finding.js';

export interface BaselineFlags {
  baseline?: string;
  updateBaseline?: boolean;
  rerun?: string;
  strict?: boolean;
}

/** The title of the reports of this command. */
export const title = 'webhook-cli check';

/** Returns the run to compare with, if there is one. One that is about to be written may be missing. Throws InputError. */
export async function baselineOf(
  { baseline, updateBaseline = false }: BaselineFlags,
  ports: Pick<Ports, 'environment' | 'reporting'>,
): Promise<EarlierRun | undefined> {
  return baseline === undefined ? undefined : earlierRun(baseline, ports, { isOptional: updateBaseline });
}

/** Returns the ids of the cases that failed in the run of `--rerun`, if there is one. Throws InputError, and UsageError for none. */
export async function failedBefore(
  { rerun, strict = false }: BaselineFlags,
  ports: Pick<Ports, 'environment' | 'reporting'>,
): Promise<string[] | undefined> {
  if (rerun === undefined) return undefined;
  const earlier = await earlierRun(rerun, ports);
  const ids = [...earlier].filter(([, how]) => how === 'failed' || strict).map(([id]) => id);
  if (ids.length > 0) return ids;
  throw new UsageError(`no case failed in ${rerun}`, { hint: 'leave out --rerun to run all cases' });
}

async function earlierRun(
  file: string,
  { environment: { cwd, signal }, reporting: { warn } }: Pick<Ports, 'environment' | 'reporting'>,
  { isOptional = false } = {},
): Promise<EarlierRun> {
  // Loaded late: it brings a library for schemas.
  const { readReport, UnfitReportError } = await import('../../report/read.js');
  try {
    const { bytes } = await readSmall(path.resolve(cwd, file), { holds: 'report', isNamed: true, signal });
    const report = readReport(bytes);
    if (report.title !== title) throw new UnfitReportError("isn't a report of check");
    const { earlier, unknown } = earlierRunIn(report);
    if (unknown.length > 0) warn(`${file} has cases that this version doesn't have: ${unknown.join(', ')}`);
    return earlier;
  } catch (cause) {
    if (isOptional && systemCode(cause) === 'ENOENT') return new Map();
    const isUnfit = cause instanceof UnfitFileError || cause instanceof UnfitReportError;
    throw isUnfit ? unusable(`${file} ${cause.message}`, cause) : unreadable(file, cause);
  }
}

/** Returns whatever isn't of the system's as it is. */
const unreadable = (file: string, cause: unknown): unknown =>
  systemCode(cause) === '' ? cause : unusable(`can't read ${file}: ${systemWords(cause)}`, cause);

const unusable = (message: string, cause: unknown): InputError =>
  new InputError(message, { cause, hint: 'webhook-cli check --report json=<file> writes one' });

/** Writes the report of a complete run, for later runs to compare with. Throws LocalError. */
export async function updateBaseline(
  { baseline, updateBaseline: isAskedFor = false }: BaselineFlags,
  { findings, isComplete }: { findings: readonly Finding[]; isComplete: boolean },
  { environment: { cwd }, clock, reporting: { warn } }: Ports,
): Promise<void> {
  if (baseline === undefined || !isAskedFor) return;
  if (!isComplete) {
    warn(`${baseline} stays as it is: not every case was run`);
    return;
  }
  const [{ documents }, { writeDocument }] = await Promise.all([
    import('../../report/documents.js'),
    import('../../report/write.js'),
  ]);
  await writeDocument(path.resolve(cwd, baseline), documents.json(findings, title), { clock });
}
