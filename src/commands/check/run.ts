import { readScheme } from '../../config/scheme.js';
import { resolveSettings } from '../../config/resolve.js';
import { aboutOf, type RunTime } from '../../conformance/about.js';
import { createFindings } from '../../report/collect.js';
import { compared, fixedIn, type EarlierRun } from '../../conformance/earlier-run.js';
import { traitsOf } from '../../conformance/features.js';
import { findingsOf } from '../../conformance/findings.js';
import type { Selection } from '../../conformance/run-cases.js';
import { runSuite, type SuiteListeners, type SuiteOptions, type SuiteRun } from '../../conformance/run-suite.js';
import type { Supply } from '../../conformance/select.js';
import { listedReport, summaryOf, type CaseReport, type SuiteSummary } from '../../conformance/suite-report.js';
import { blindnessWords } from '../../conformance/totals.js';
import type { Ports, Verdict } from '../../contract/command.js';
import { readBody } from '../input/files.js';
import { prepareReports } from '../documents/prepare-reports.js';
import { isDocumentOnStdout, writeReports } from '../documents/write-reports.js';
import { remoteOf } from '../connection/remote.js';
import { confirmRemote } from '../target/confirm-remote.js';
import { warnUntrustedTarget } from '../target/warn-untrusted-target.js';
import { baselineOf, failedBefore, titleFor, updateBaseline } from './baseline.js';
import { blindnessHint } from './effect-error.js';
import { foundNeeds } from './effects.js';
import { breakOf, refusalHint } from './ending.js';
import { chosenCases, refuseOwnSignature, suiteOptions, type CheckOptions } from './prepare.js';
import { skippedByFile, type Skipped } from './skipped.js';
import type { CheckReport } from './view.js';

export { view } from './view.js';

/** The run to compare with, and the cases to skip. */
interface Terms {
  options: CheckOptions;
  skipped: Skipped | undefined;
  baseline: EarlierRun | undefined;
}

export async function run(options: CheckOptions, ports: Ports<CheckReport>): Promise<Verdict> {
  const { scheme, configuration } = await readScheme(options, ports.environment);
  const body = options.body === undefined ? undefined : await readBody(options.body, ports);
  const traits = traitsOf(scheme, body);
  const settings = resolveSettings(['url', 'headers', 'algorithm', 'skip', 'checkTimeout'], options, configuration);
  // The list shows every case, even those the file skips.
  if (options.list) return list(chosenCases({ only: options.only, skip: options.skip }, { traits }), ports);
  const supply: Supply = { has: foundNeeds(options), traits };
  const reading = { scheme, ...ports };
  const names = { only: (await failedBefore(options, reading)) ?? options.only, skip: settings.skip };
  const selection = chosenCases(names, supply);
  const skipped = skippedByFile({ ...names, flags: options, supply }, configuration);
  const baseline = await baselineOf(options, reading);
  await prepareReports(files(options), ports.environment);
  await confirmTargets(settings.url, options, ports);
  refuseOwnSignature(settings.headers, scheme);
  warnUntrustedTarget({ name: 'url', flags: options }, configuration, ports);
  const suite = await suiteOptions(options, { settings, selection, scheme, body }, { ...ports, configuration });
  const awaited = options.waitFor?.href ?? (options.wait === undefined ? undefined : settings.url.origin);
  if (awaited !== undefined) ports.reporting.progress(`waiting for ${awaited}`);
  const terms = { options, skipped, baseline };
  const [begun, start] = [ports.clock.now(), performance.now()];
  const suiteRun = await runSuite(suite, listenersFor(terms, ports));
  const time = { begun, milliseconds: performance.now() - start };
  return conclude(suiteRun, { ...terms, suite, time }, ports);
}

async function list({ cases }: Selection, { reporting: { report } }: Ports<CheckReport>): Promise<Verdict> {
  for (const [index, one] of cases.entries()) await report(listedReport(one, cases[index - 1]?.group !== one.group));
  return 'positive';
}

/** Everything the run will write. */
const files = ({ report = [], baseline, updateBaseline: isUpdated }: CheckOptions): CheckOptions['report'] =>
  isUpdated && baseline !== undefined ? [...report, { form: 'json', file: baseline }] : report;

async function confirmTargets(
  url: URL,
  options: CheckOptions,
  ports: Pick<Ports<CheckReport>, 'reporting'>,
): Promise<void> {
  const { waitFor, probe } = options;
  for (const target of [url, waitFor, probe?.kind === 'url' ? probe.sample : undefined])
    if (target) await confirmRemote(remoteOf(target, options), options, ports);
}

/** A document on standard output replaces the text. */
function listenersFor({ options, baseline }: Terms, { reporting }: Ports<CheckReport>): SuiteListeners {
  const { report: requests, strict } = options;
  const isBad = ({ outcome, isKnown }: CaseReport) =>
    !isKnown && (outcome === 'failed' || (outcome === 'advice' && strict === true));
  return {
    onBegin({ id }, { index, count }) {
      reporting.progress(`${index + 1} of ${count}  ${id}`, index / count);
    },
    async onReport(made) {
      const report = compared(made, baseline);
      if (!isDocumentOnStdout(requests)) await reporting.report(report, isBad(report) ? 'negative' : 'positive');
    },
  };
}

/** Once a cause is found, a question would only distract. */
function hintFor(
  { ending, causes, probes }: SuiteRun,
  { reports, ...circumstances }: Parameters<typeof refusalHint>[1] & { reports: readonly CaseReport[] },
): string | undefined {
  if (causes.length > 0) return undefined;
  const hint = refusalHint(ending, circumstances) ?? blindnessHint(reports);
  if (hint === undefined || probes === 0) return hint;
  return `${hint} No common mistake explains it: ${probes} deliveries signed in other ways were refused, too.`;
}

async function conclude(
  suiteRun: SuiteRun,
  terms: Terms & { suite: SuiteOptions; time: RunTime },
  ports: Ports<CheckReport>,
): Promise<Verdict> {
  const { options, suite, time, skipped, baseline } = terms;
  const { ending } = suiteRun;
  const reports = suiteRun.reports.map(report => compared(report, baseline));
  // A cause that explains only known failures is known, too.
  const news = new Set(reports.filter(({ isKnown }) => !isKnown).map(({ id }) => id));
  const causes = suiteRun.causes.filter(({ explains }) => explains.some(id => news.has(id)));
  const { report: requests, strict: isStrict = false } = options;
  const circumstances = { url: suite.target.url, timeout: suite.timeout };
  const { problem, error } = breakOf(suiteRun, circumstances);
  const hint = hintFor(suiteRun, { reports, ...suite.signing, ...circumstances });
  const facts = { ended: ending.kind, causes, seed: suite.seed, isStrict, skipped, scheme: suite.signing.scheme };
  const fixed = baseline && fixedIn(reports, baseline);
  const summary = summaryOf(reports, { ...facts, fixed, ...(hint !== undefined && { hint }) });
  const verdict = summary.isConformant ? 'positive' : 'negative';
  if (!isDocumentOnStdout(requests)) await ports.reporting.report(summary, verdict);
  const findings = (of: readonly CaseReport[]) =>
    findingsOf(of, {
      ended: ending.kind,
      problem: problem ?? blindnessIn(summary),
      causes,
      isStrict,
      skipped: skippedFindings(skipped),
    });
  const collected = createFindings();
  for (const finding of findings(reports)) collected.add(finding);
  const title = titleFor(suite.signing.scheme);
  // Only an HTML page shows more than findings.
  const page = await pageMaker(requests);
  const about = { summary, target: suite.target, time, problem };
  const shown = { ...about, title, reports, results: suiteRun.results, isStrict };
  const made = page && (() => page(shown));
  await writeReports(collected, { requests, title, about: aboutOf(about), page: made }, ports);
  const isComplete = ending.kind === 'complete' && summary.notRun === 0;
  await updateBaseline(
    options,
    { findings: findings(suiteRun.reports), isComplete, scheme: suite.signing.scheme },
    ports,
  );
  if (error) ports.reporting.fail(error);
  return verdict;
}

const pageMaker = async (requests: CheckOptions['report'] = []) =>
  requests.some(({ form }) => form === 'html')
    ? (await import('../../conformance/report-page.js')).reportPageOf
    : undefined;

const blindnessIn = ({ because }: SuiteSummary): string | undefined => because && blindnessWords[because];

const skippedFindings = (skipped: Skipped | undefined) =>
  skipped && { cases: skipped.cases, message: `skipped by check.skip in ${skipped.file}` };
