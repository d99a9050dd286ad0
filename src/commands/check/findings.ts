import type { Ending } from '../../conformance/run-cases.js';
import { connectionError, type Circumstances } from '../sending/connection-error.js';
import type { Finding, Outcome as FindingOutcome } from '../../report/finding.js';
import type { CaseReport } from './reports.js';
import { gotWords, sentWords } from './words.js';

/** What came of a run, for the documents that other programs read. */
export function findingsOf(
  reports: readonly CaseReport[],
  { ending, isStrict, ...circumstances }: Circumstances & { ending: Ending; isStrict: boolean },
): Finding[] {
  const findings = reports.map(report => findingOf(report, isStrict));
  const problem = endingWords(ending, circumstances);
  // A run that broke off has to be seen even where nothing failed before.
  if (problem !== undefined) findings.push({ suite: 'run', name: 'completed', outcome: 'failed', message: problem });
  return findings;
}

function endingWords(ending: Ending, circumstances: Circumstances): string | undefined {
  if (ending.kind === 'stopped') return 'the run was stopped before its end';
  return ending.kind === 'gone' ? connectionError(ending.failure, circumstances).message : undefined;
}

function findingOf(report: CaseReport, isStrict: boolean): Finding {
  const { id, group, outcome, remedy, milliseconds } = report;
  return {
    ...{ suite: group, name: id, outcome: outcomeOf(report, isStrict), seconds: milliseconds / 1000 },
    ...(remedy !== undefined && {
      message: gotWords(report),
      details: `sent: ${sentWords(report)}\nmend: ${remedy}`,
    }),
    ...(outcome === 'not-run' && { message: 'not run' }),
  };
}

const outcomeOf = ({ outcome }: CaseReport, isStrict: boolean): FindingOutcome => outcomes(isStrict)[outcome];

const outcomes = (isStrict: boolean): Record<CaseReport['outcome'], FindingOutcome> => ({
  passed: 'passed',
  failed: 'failed',
  advice: isStrict ? 'failed' : 'warning',
  info: 'passed',
  'not-run': 'skipped',
});
