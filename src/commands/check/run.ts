import { readConfiguration } from '../../config/configuration.js';
import { resolveSettings } from '../../config/resolve.js';
import { findingsOf } from '../../conformance/findings.js';
import type { Selection } from '../../conformance/run-cases.js';
import { runSuite, type SuiteListeners, type SuiteOptions, type SuiteRun } from '../../conformance/run-suite.js';
import { listedReport, summaryOf, type CaseReport } from '../../conformance/suite-report.js';
import type { Ports, Verdict } from '../../contract/command.js';
import { prepareReports } from '../documents/prepare-reports.js';
import { isDocumentOnStdout, writeReports } from '../documents/write-reports.js';
import { confirmRemote } from '../target/confirm-remote.js';
import { warnUntrustedTarget } from '../target/warn-untrusted-target.js';
import { blindnessHint } from './effect-error.js';
import { foundNeeds } from './effects.js';
import { breakOf, refusalHint } from './ending.js';
import { chosenCases, refuseOwnSignature, suiteOptions, type CheckOptions } from './prepare.js';
import { skippedByFile, type Skipped } from './skipped.js';
import type { CheckReport } from './view.js';

export { view } from './view.js';

export async function run(options: CheckOptions, ports: Ports<CheckReport>): Promise<Verdict> {
  const configuration = await readConfiguration(ports.environment);
  const settings = resolveSettings(['url', 'headers', 'algorithm', 'skip', 'checkTimeout'], options, configuration);
  // The list is what there is to run, whatever the file skips.
  if (options.list) return list(chosenCases({ only: options.only, skip: options.skip }), ports);
  const has = foundNeeds(options);
  const names = { only: options.only, skip: settings.skip };
  const selection = chosenCases(names, has);
  const skipped = skippedByFile({ ...names, flags: options, has }, configuration);
  await prepareReports(options.report, ports.environment);
  await confirmTargets(settings.url, options, ports);
  refuseOwnSignature(settings.headers);
  warnUntrustedTarget({ name: 'url', flags: options }, configuration, ports);
  const suite = await suiteOptions(options, { settings, selection }, { ...ports, configuration });
  const awaited = options.waitFor?.href ?? (options.wait === undefined ? undefined : settings.url.origin);
  if (awaited !== undefined) ports.reporting.progress(`waiting for ${awaited}`);
  return conclude(await runSuite(suite, listenersFor(options, ports)), { options, suite, skipped }, ports);
}

async function list({ cases }: Selection, { reporting: { report } }: Ports<CheckReport>): Promise<Verdict> {
  for (const [index, one] of cases.entries()) await report(listedReport(one, cases[index - 1]?.group !== one.group));
  return 'positive';
}

async function confirmTargets(
  url: URL,
  options: CheckOptions,
  ports: Pick<Ports<CheckReport>, 'reporting'>,
): Promise<void> {
  const { waitFor, probe } = options;
  for (const target of [url, waitFor, probe?.kind === 'url' ? probe.sample : undefined])
    if (target) await confirmRemote(target, options, ports);
}

/** Words give way to a document on standard output. */
function listenersFor({ report: requests, strict }: CheckOptions, { reporting }: Ports<CheckReport>): SuiteListeners {
  const isBad = ({ outcome }: CaseReport) => outcome === 'failed' || (outcome === 'advice' && strict === true);
  return {
    onBegin({ id }, { index, count }) {
      reporting.progress(`${index + 1} of ${count}  ${id}`, index / count);
    },
    async onReport(report) {
      if (!isDocumentOnStdout(requests)) await reporting.report(report, isBad(report) ? 'negative' : 'positive');
    },
  };
}

async function conclude(
  suiteRun: SuiteRun,
  { options, suite, skipped }: { options: CheckOptions; suite: SuiteOptions; skipped: Skipped | undefined },
  ports: Ports<CheckReport>,
): Promise<Verdict> {
  const { reports, ending } = suiteRun;
  const { report: requests, strict: isStrict = false } = options;
  const circumstances = { url: suite.target.url, timeout: suite.timeout };
  const { problem, error } = breakOf(suiteRun, circumstances);
  const hint = refusalHint(ending, circumstances) ?? blindnessHint(reports);
  const facts = { ended: ending.kind, seed: suite.seed, isStrict, skipped };
  const summary = summaryOf(reports, { ...facts, ...(hint !== undefined && { hint }) });
  const verdict = summary.isConformant ? 'positive' : 'negative';
  if (!isDocumentOnStdout(requests)) await ports.reporting.report(summary, verdict);
  const findings = findingsOf(reports, {
    problem,
    isStrict,
    skipped: skipped && { cases: skipped.cases, message: `skipped by check.skip in ${skipped.file}` },
  });
  await writeReports(findings, { requests, title: 'webhook-cli check' }, ports);
  if (error) ports.reporting.fail(error);
  return verdict;
}
