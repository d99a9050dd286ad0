import { isDevelopmentSecret } from '../../config/development-secret.js';
import { ownSchemes, readScheme, tolerating } from '../../config/scheme.js';
import { otherSecrets } from '../../config/other-secrets.js';
import { resolveSecrets } from '../../config/secrets.js';
import { CommandError, InputError } from '../../errors.js';
import type { Reporting } from '../../ports.js';
import { answerClass, isGood, type Answered } from '../../recording/answered.js';
import { isUnsearched } from '../../scheme/explain/diagnosis.js';
import type { Scheme } from '../../scheme/scheme.js';
import type { Ports, Verdict } from '../../contract/command.js';
import { sourceName } from '../input/files.js';
import { isSelective } from '../input/selection-options.js';
import type { Selector } from '../input/selection.js';
import type { DamageReport, EntryReport } from '../../exchange/verification.js';
import type { VerifyReport, VerifySummaryReport } from './reports.js';
import type { VerifyOptions } from './options.js';
import { resultsOf, type FileResults } from './results.js';

export { view } from './view.js';

export const hasOnlyWords = true;

export async function run(options: VerifyOptions, ports: Ports<VerifyReport>): Promise<Verdict> {
  const { environment, reporting } = ports;
  const { scheme: own, configuration } = await readScheme(options, environment);
  const scheme = tolerating(options, own);
  const secrets = await resolveSecrets(options, { ...ports, configuration });
  if (secrets.some(isDevelopmentSecret))
    reporting.warn('verified with the development secret, which only this machine knows');
  const others = await otherSecrets(secrets, { ...ports, configuration });
  const tally: VerifySummaryReport = {
    ...{ type: 'summary', read: 0, skipped: 0, valid: 0, invalid: 0, unjudgeable: 0, unsearched: 0 },
  };
  const selector = await selectorIfAny(options, scheme, ports);
  const terms = { secrets, others, scheme, own: ownSchemes(configuration), now: options.now };
  for (const results of resultsOf(options, { terms, selector }, ports)) {
    await reportFile(results, tally, ports);
    if (environment.signal.aborted) break;
  }
  if (!environment.signal.aborted) selector?.refuseNothing();
  // Stopped before the first request: nothing to sum up.
  if (environment.signal.aborted && tally.read + tally.skipped === 0) return 'positive';
  return reportTally(tally, reporting);
}

async function reportTally(tally: VerifySummaryReport, reporting: Reporting<VerifyReport>): Promise<Verdict> {
  const isGood = tally.valid === tally.read && tally.read > 0;
  await reporting.report(tally, isGood ? 'positive' : 'negative');
  return tally.invalid > 0 ? 'negative' : 'positive';
}

/** Undefined for all requests, in which case a second thread may help. */
async function selectorIfAny(
  options: VerifyOptions,
  scheme: Scheme,
  ports: Ports<VerifyReport>,
): Promise<Selector | undefined> {
  if (!isSelective(options)) return undefined;
  const { createSelector } = await import('../input/selection.js');
  return createSelector(options, { files: options.file, scheme, withAnswers: true }, ports);
}

/** Reports a file that can't be read as a failure, and verifies the others. */
async function reportFile(
  { file, reports, isChosen = false }: FileResults,
  tally: VerifySummaryReport,
  ports: Ports<VerifyReport>,
): Promise<void> {
  const before = { ...tally };
  try {
    await reportEntries(reports, { tally, readBefore: before.read }, ports);
    const problem = ports.environment.signal.aborted ? undefined : problemOf(before, tally, { isChosen });
    if (problem !== undefined) throw new InputError(`${sourceName(file)}: ${problem}`);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    ports.reporting.fail(error);
  }
}

/** Searching for more causes than this makes so much garbage that the heap would be three times as large as its contents. */
const many = 100;

interface Counting {
  tally: VerifySummaryReport;
  /** Requests of earlier files. */
  readBefore: number;
}

async function reportEntries(
  reports: AsyncIterable<readonly EntryReport[]>,
  counting: Counting,
  { environment: { signal, aimHeapsAt }, reporting }: Ports<VerifyReport>,
): Promise<void> {
  let wasMany = false;
  for await (const some of reports) {
    for (const report of some) {
      if (signal.aborted) return;
      await reportEntry(report, counting, reporting);
    }
    const isMany = counting.tally.invalid >= many;
    if (isMany && !wasMany) await aimHeapsAt?.('memory');
    wasMany = isMany;
    if (signal.aborted) return;
  }
}

/** Compares the tallies before and after a file. */
function problemOf(
  before: VerifySummaryReport,
  after: VerifySummaryReport,
  { isChosen }: { isChosen: boolean },
): string | undefined {
  const [read, unjudgeable] = [after.read - before.read, after.unjudgeable - before.unjudgeable];
  if (read === 0) return isChosen ? undefined : 'there is no request in it';
  return unjudgeable > 0 ? `${unjudgeable} of ${read} requests can't be verified` : undefined;
}

function reportEntry(
  report: EntryReport,
  { tally, readBefore }: Counting,
  reporting: Reporting<VerifyReport>,
): Promise<void> {
  const readHere = tally.read - readBefore;
  if (report.type === 'damage') {
    tally.skipped += 1;
    return reportDamage(report, readHere, reporting);
  }
  tally.read += 1;
  tally[report.valid === null ? 'unjudgeable' : report.valid ? 'valid' : 'invalid'] += 1;
  if (report.diagnosis && isUnsearched(report.diagnosis)) tally.unsearched += 1;
  if (report.answer) countAnswer(report.answer, report.file, tally);
  // Selected requests already have a position. Changed in place, because large recordings go through here.
  if (report.index === 0) report.index = readHere + 1;
  return reporting.report(report, report.valid ? 'positive' : 'negative');
}

function countAnswer({ status }: Answered, file: string, tally: VerifySummaryReport): void {
  const [answers, kind] = [(tally.answers ??= {}), answerClass(status)];
  answers[kind] = (answers[kind] ?? 0) + 1;
  if (isGood(status ?? undefined)) return;
  const files = (tally.failedIn ??= []);
  if (files.at(-1) !== file) files.push(file);
}

/** `readHere`: the number of earlier requests in the same file. */
async function reportDamage(damage: DamageReport, readHere: number, reporting: Reporting<VerifyReport>): Promise<void> {
  const name = sourceName(damage.file);
  const where = readHere === 0 ? 'before the first request' : `after request ${readHere}`;
  if (damage.kind === 'torn') {
    reporting.warn(`${name}: a record ${where} was never finished, so its sender got no response`);
    await reporting.report(damage);
  } else {
    await reporting.report(damage, 'negative');
    reporting.fail(new InputError(`${name}: the record ${where} is corrupt: ${damage.reason ?? ''}`));
  }
}
