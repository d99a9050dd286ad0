import type { ReadReport } from '../report/read.js';
import { allCases } from './cases/index.js';
import type { CaseReport } from './suite-report.js';

/** The cases that an earlier run found wanting, by id. `advice`: it only went against advice. */
export type EarlierRun = ReadonlyMap<string, 'failed' | 'advice'>;

/** Ids that no case of this version has are returned as `unknown`. */
export function earlierRunIn({ findings }: ReadReport): { earlier: EarlierRun; unknown: string[] } {
  const wanting = findings.flatMap(finding => {
    const outcome = outcomeOf(finding);
    // A run that broke off has a finding of its own, which is no case.
    return outcome === undefined || finding.suite === 'run' ? [] : [{ id: finding.name, outcome }];
  });
  const isCase = ({ id: name }: { id: string }) => allCases.some(({ id }) => id === name);
  return {
    earlier: new Map(wanting.filter(isCase).map(({ id, outcome }) => [id, outcome])),
    unknown: wanting.filter(found => !isCase(found)).map(({ id }) => id),
  };
}

/** Undoes what a strict run, or a comparison with an earlier one, made of an outcome. */
function outcomeOf({ outcome, isAdvice, isKnown }: ReadReport['findings'][number]): 'failed' | 'advice' | undefined {
  if (outcome !== 'failed' && outcome !== 'warning') return undefined;
  return !isAdvice && (outcome === 'failed' || isKnown) ? 'failed' : 'advice';
}

/** Marks a report of a shortcoming that the earlier run had found, too. What has become worse is new. */
export function compared(report: CaseReport, earlier: EarlierRun | undefined): CaseReport {
  const before = earlier?.get(report.id);
  const isKnown = before !== undefined && (report.outcome === 'advice' || report.outcome === before);
  return isKnown ? { ...report, isKnown } : report;
}

/** The cases that pass now and didn't before. */
export const fixedIn = (reports: readonly CaseReport[], earlier: EarlierRun): string[] =>
  reports
    .filter(({ id, outcome }) => earlier.has(id) && (outcome === 'passed' || outcome === 'info'))
    .map(({ id }) => id);
