import { resolveSettings, type SettingFlags } from '../../config/settings.js';
import type { Ending, Selection } from '../../conformance/run-cases.js';
import { selectCases, type SelectionFlags } from '../../conformance/select.js';
import { connectionError } from '../../delivery/connection-error.js';
import { ConnectionError, UsageError } from '../../errors.js';
import { hasHeader, type Header } from '../../http/header.js';
import { algorithmHeader, signatureHeader } from '../../signature/algorithms.js';
import { refuseRemote } from '../allow-remote.js';
import type { Context, Verdict } from '../command.js';
import type { ReportRequest } from '../report-flag.js';
import { isDocumentOnStdout, writeReports } from '../write-reports.js';
import { findingsOf } from './findings.js';
import { play } from './play.js';
import { prepare, type CheckSettings, type PreparationFlags } from './prepare.js';
import { isShortcoming, listedReport, summaryReport, type CaseReport, type CheckReport } from './reports.js';

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
  const selection = selectCases(options);
  if (options.list) return list(selection, context);
  const {
    header: headers,
    url,
    algorithm,
    timeout,
    strict: isStrict = false,
    maxTime = 5000,
    report: requests,
  } = options;
  const names = ['url', 'headers', 'algorithm', 'timeout'] as const;
  const settings = resolveSettings(names, { headers, url, algorithm, timeout }, context.env);
  refuseRemote(settings.url, options);
  refuseOwnSignature(settings.headers);
  const preparation = await prepare(options, settings, context);
  const isSilent = isDocumentOnStdout(requests);
  const tell = async (report: CaseReport) => {
    const isBad = isShortcoming(report.outcome) && (report.outcome === 'failed' || isStrict);
    if (!isSilent) await context.report(report, isBad ? 'negative' : 'positive');
  };
  const { reports, ending, hint } = await play(selection, { ...preparation, maxTime }, { ...context, tell });
  await preparation.courier.close();
  const facts = { ended: ending.kind, seed: preparation.kit.seed, ...(hint !== undefined && { hint }) };
  const summary = summaryReport(reports, { ...facts, isStrict });
  const verdict = summary.isConformant ? 'positive' : 'negative';
  if (!isSilent) await context.report(summary, verdict);
  const findings = findingsOf(reports, { ...settings, ending, isStrict });
  await writeReports(findings, { requests, title: 'webhook-cli check' }, context);
  if (ending.kind === 'gone') context.fail(goneError(ending, { settings, isBegun: summary.notRun < reports.length }));
  return ending.kind === 'stopped' && summary.failed === 0 ? 'positive' : verdict;
}

async function list({ cases }: Selection, { report }: Context<CheckReport>): Promise<Verdict> {
  for (const [index, one] of cases.entries()) await report(listedReport(one, cases[index - 1]?.group !== one.group));
  return 'positive';
}

function refuseOwnSignature(headers: readonly Header[]): void {
  const own = [signatureHeader, algorithmHeader].find(name => hasHeader(headers, name));
  if (own === undefined) return;
  throw new UsageError(`-H ${own} contradicts the signatures that are made`, { hint: 'leave it out' });
}

function goneError(
  { failure }: Ending & { kind: 'gone' },
  { settings, isBegun }: { settings: CheckSettings; isBegun: boolean },
): ConnectionError {
  const { message, hint, cause } = connectionError(failure, settings);
  if (isBegun) {
    const advice = 'the case before the first that was not run may have ended it; its own log tells why';
    return new ConnectionError(`the receiver is gone: ${message}`, { hint: advice, cause });
  }
  const isDown = failure.reason === 'refused' || failure.reason === 'timeout';
  const advice = isDown ? 'is it running, and on this port? --wait 30s waits until it accepts connections' : hint;
  return new ConnectionError(message, { hint: advice, cause });
}
