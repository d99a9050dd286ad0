import path from 'node:path';
import { earlierRunIn, type EarlierRun } from '../../conformance/earlier-run.js';
import type { Ports } from '../../contract/command.js';
import { InputError, systemCode, systemWords, UsageError } from '../../errors.js';
import { hasCatalogue } from '../../scheme/schemes.js';
import type { Scheme } from '../../scheme/scheme.js';
import { readSmall, UnfitFileError } from '../../file/small-file.js';
import type { Finding } from '../../report/finding.js';

export interface BaselineFlags {
  baseline?: string;
  updateBaseline?: boolean;
  rerun?: string;
  strict?: boolean;
}

const command = 'webhook-cli check';

/** Returns the title of this command's reports. Each scheme has its own cases. */
export const titleFor = (scheme: Scheme): string => (hasCatalogue(scheme) ? command : `${command} (${scheme.name})`);

/** Options for reading an earlier run. */
interface Reading extends Pick<Ports, 'environment' | 'reporting'> {
  scheme: Scheme;
}

/**
 * Returns the run to compare with, if there is one. The file may be missing if this run writes it. Throws InputError.
 */
export async function baselineOf(
  { baseline, updateBaseline = false }: BaselineFlags,
  reading: Reading,
): Promise<EarlierRun | undefined> {
  return baseline === undefined ? undefined : earlierRun(baseline, reading, { isOptional: updateBaseline });
}

/**
 * Returns the ids of the cases that failed in the run of `--rerun`, if given. Throws InputError, and UsageError if none
 * failed.
 */
export async function failedBefore(
  { rerun, strict = false }: BaselineFlags,
  reading: Reading,
): Promise<string[] | undefined> {
  if (rerun === undefined) return undefined;
  const earlier = await earlierRun(rerun, reading);
  const ids = [...earlier].filter(([, how]) => how === 'failed' || strict).map(([id]) => id);
  if (ids.length > 0) return ids;
  throw new UsageError(`no case failed in ${rerun}`, { hint: 'leave out --rerun to run all cases' });
}

async function earlierRun(
  file: string,
  { scheme, environment: { cwd, signal }, reporting: { warn } }: Reading,
  { isOptional = false } = {},
): Promise<EarlierRun> {
  // Loaded on demand: it imports a schema library.
  const { readReport, UnfitReportError } = await import('../../report/read.js');
  try {
    const { bytes } = await readSmall(path.resolve(cwd, file), { holds: 'report', isNamed: true, signal });
    const report = readReport(bytes);
    const flaw = flawOf(report.title, scheme);
    if (flaw !== undefined) throw new UnfitReportError(flaw);
    const { earlier, unknown } = earlierRunIn(report);
    if (unknown.length > 0) warn(`${file} has cases this version doesn't know: ${unknown.join(', ')}`);
    return earlier;
  } catch (cause) {
    if (isOptional && systemCode(cause) === 'ENOENT') return new Map();
    const isUnfit = cause instanceof UnfitFileError || cause instanceof UnfitReportError;
    throw isUnfit ? unusable(`${file} ${cause.message}`, cause) : unreadable(file, cause);
  }
}

/** Returns why a report can't be compared with a run under this scheme. */
function flawOf(title: string, scheme: Scheme): string | undefined {
  if (title === titleFor(scheme)) return undefined;
  const isOurs = title === command || title.startsWith(`${command} (`);
  return isOurs ? `is for a scheme other than ${scheme.name}` : "isn't a report of check";
}

/** Describes system errors, and returns any other error unchanged. */
const unreadable = (file: string, cause: unknown): unknown =>
  systemCode(cause) === '' ? cause : unusable(`can't read ${file}: ${systemWords(cause)}`, cause);

const unusable = (message: string, cause: unknown): InputError =>
  new InputError(message, { cause, hint: 'webhook-cli check --report json=<file> writes one' });

/** Writes the report of a complete run as the baseline for later runs. Throws LocalError. */
export async function updateBaseline(
  { baseline, updateBaseline: isAskedFor = false }: BaselineFlags,
  { findings, isComplete, scheme }: { findings: readonly Finding[]; isComplete: boolean; scheme: Scheme },
  { environment: { cwd }, clock, reporting: { warn } }: Ports,
): Promise<void> {
  if (baseline === undefined || !isAskedFor) return;
  if (!isComplete) {
    warn(`${baseline} wasn't updated: not every case was run`);
    return;
  }
  const [{ documents }, { writeDocument }] = await Promise.all([
    import('../../report/documents.js'),
    import('../../report/write.js'),
  ]);
  await writeDocument(path.resolve(cwd, baseline), documents.json(findings, titleFor(scheme)), { clock });
}
