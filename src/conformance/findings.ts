import type { Finding, Outcome as FindingOutcome } from '../report/finding.js';
import type { Case } from './case.js';
import { causeOf, type Cause } from './causes/cause.js';
import type { Ending } from './ending.js';
import type { CaseReport } from './suite-report.js';
import { notRunWords } from './totals.js';
import { gotWords, sentWords } from './words.js';

interface Circumstances {
  ended: Ending['kind'];
  /** Why the run ended early or left out selected cases, if it did. */
  problem: string | undefined;
  isStrict: boolean;
  causes: readonly Cause[];
  /** Cases that the configuration file skips, and a message about it. */
  skipped?: { cases: readonly Case[]; message: string } | undefined;
}

/** Turns a run into findings. */
export function findingsOf(
  reports: readonly CaseReport[],
  { ended, problem, isStrict, causes, skipped }: Circumstances,
): Finding[] {
  const findings = reports.map(report => findingOf(report, { ended, isStrict, causes }));
  for (const { id, group } of skipped?.cases ?? [])
    findings.push({ suite: group, name: id, outcome: 'skipped', message: skipped?.message });
  // An early end must be noticed even if no case failed before it.
  if (problem !== undefined) findings.push({ suite: 'run', name: 'completed', outcome: 'failed', message: problem });
  return findings;
}

function findingOf(
  report: CaseReport,
  { ended, isStrict, causes }: Pick<Circumstances, 'ended' | 'isStrict' | 'causes'>,
): Finding {
  const { id, group, outcome, remedy, milliseconds, because, isKnown } = report;
  return {
    suite: group,
    name: id,
    outcome: isKnown ? 'warning' : outcomes(isStrict)[outcome],
    seconds: milliseconds / 1000,
    ...(remedy !== undefined && {
      message: `${isKnown ? 'known: ' : ''}${gotWords(report)}`,
      details: detailsOf(report, remedy, causeOf(id, causes)),
    }),
    ...(outcome === 'advice' && { isAdvice: true }),
    ...(isKnown && { isKnown }),
    ...(outcome === 'not-run' && {
      message: `not run: ${notRunWords({ ended, because })}`,
      isNotRun: true,
    }),
  };
}

function detailsOf(report: CaseReport, remedy: string, cause: Cause | undefined): string {
  const sent = `sent: ${sentWords(report)}`;
  return cause ? `cause: ${cause.words}\n${sent}\nfix: ${cause.fix}` : `${sent}\nfix: ${remedy}`;
}

const outcomes = (isStrict: boolean): Record<CaseReport['outcome'], FindingOutcome> => ({
  passed: 'passed',
  failed: 'failed',
  advice: isStrict ? 'failed' : 'warning',
  info: 'passed',
  'not-run': 'skipped',
});
