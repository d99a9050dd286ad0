import { readConfiguration } from '../../config/configuration.js';
import { resolveSettings } from '../../config/resolve.js';
import type { SettingFlags } from '../../config/settings.js';
import type { Ending, Selection } from '../../conformance/run-cases.js';
import { selectCases, type SelectionFlags } from '../../conformance/select.js';
import { connectionError } from '../sending/connection-error.js';
import { ConnectionError, UsageError } from '../../errors.js';
import { hasHeader, type Header } from '../../http/header.js';
import { warnUntrustedTarget } from '../target/warn-untrusted-target.js';
import type { Context, Verdict } from '../command.js';
import { confirmRemote } from '../target/confirm-remote.js';
import type { ReportRequest } from '../report-flag.js';
import { isDocumentOnStdout, writeReports } from '../write-reports.js';
import { findingsOf } from './findings.js';
import { runSuite, type SuiteRun } from './run-suite.js';
import { prepare, type CheckSettings, type PreparationFlags } from './prepare.js';
import { listedReport, summaryReport, type CaseReport, type CheckReport } from './reports.js';
import { defaultPreset } from '../../scheme/presets/index.js';
import { headersOf } from '../../scheme/definition.js';

export { view } from './view.js';

export interface CheckOptions
  extends SelectionFlags, PreparationFlags, Pick<SettingFlags, 'url' | 'algorithm' | 'timeout'> {
  list?: boolean;
  strict?: boolean;
  /** Milliseconds. */
  maxTime?: number;
  header?: readonly Header[];
  allowRemote?: boolean;
  report?: readonly ReportRequest[];
}

export async function run(options: CheckOptions, context: Context<CheckReport>): Promise<Verdict> {
  const configuration = await readConfiguration(context);
  const { maxTime = 5000 } = options;
  const resolved = resolveSettings(['url', 'headers', 'algorithm', 'skip', 'checkTimeout'], options, configuration);
  const settings: CheckSettings = { ...resolved, timeout: resolved.checkTimeout };
  const selection = selectCases({ only: options.only, skip: resolved.skip });
  if (options.list) return list(selection, context);
  await confirmRemote(settings.url, options, context);
  refuseOwnSignature(settings.headers);
  warnUntrustedTarget({ name: 'url', flags: options }, configuration, context);
  const preparation = await prepare(options, settings, { ...context, configuration });
  const tell = tellerOf(options, context);
  const suite = await runSuite(selection, { ...preparation, maxTime }, { ...context, tell });
  await preparation.client.close();
  return conclude(suite, { options, settings, seed: preparation.kit.seed }, context);
}

/** Where a document goes to standard output, there are no words. */
const tellerOf =
  ({ report: requests, strict }: CheckOptions, { report }: Context<CheckReport>) =>
  async (one: CaseReport): Promise<void> => {
    const isBad = one.outcome === 'failed' || (one.outcome === 'advice' && strict === true);
    if (!isDocumentOnStdout(requests)) await report(one, isBad ? 'negative' : 'positive');
  };

interface Circumstances {
  options: CheckOptions;
  settings: CheckSettings;
  seed: number;
}

async function conclude(
  { reports, ending, hint }: SuiteRun,
  { options: { report: requests, strict: isStrict = false }, settings, seed }: Circumstances,
  context: Context<CheckReport>,
): Promise<Verdict> {
  const summary = summaryReport(reports, { ended: ending.kind, seed, isStrict, ...(hint !== undefined && { hint }) });
  const verdict = summary.isConformant ? 'positive' : 'negative';
  if (!isDocumentOnStdout(requests)) await context.report(summary, verdict);
  const findings = findingsOf(reports, { ...settings, ending, isStrict });
  await writeReports(findings, { requests, title: 'webhook-cli check' }, context);
  if (ending.kind === 'gone') {
    const last = reports.findLast(({ outcome }) => outcome !== 'not-run');
    context.fail(goneError(ending, settings, last?.id));
  }
  return verdict;
}

async function list({ cases }: Selection, { report }: Context<CheckReport>): Promise<Verdict> {
  for (const [index, one] of cases.entries()) await report(listedReport(one, cases[index - 1]?.group !== one.group));
  return 'positive';
}

function refuseOwnSignature(headers: readonly Header[]): void {
  const own = headersOf(defaultPreset).find(name => hasHeader(headers, name));
  if (own === undefined) return;
  throw new UsageError(`-H ${own} contradicts the signatures that are made`, { hint: 'leave it out' });
}

/** `last` is the case that ran last, if any did. */
function goneError(
  { failure }: Ending & { kind: 'gone' },
  settings: CheckSettings,
  last: string | undefined,
): ConnectionError {
  const { message, hint, cause } = connectionError(failure, settings);
  if (last !== undefined) {
    const advice = `"${last}" was the last case that ran, and may have ended it: its own log tells why`;
    return new ConnectionError(`the receiver is gone: ${message}`, { hint: advice, cause });
  }
  const isDown = failure.reason === 'refused' || failure.reason === 'timeout';
  const advice = isDown
    ? 'start the receiver, or correct the port; --wait 30s waits until it accepts connections'
    : hint;
  return new ConnectionError(message, { hint: advice, cause });
}
