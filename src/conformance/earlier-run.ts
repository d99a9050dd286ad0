import type { ReadReport } from '../report/read.js';
import { allCases } from './cases/index.js';
import type { CaseReport } from './suite-report.js';

/** The cases that failed in an earlier run, by id. `advice`: it only went against advice. */
export type EarlierRun = ReadonlyMap<string, 'failed' | 'advice'>;

/** `unknown`: ids that this version has no case for. */
export function earlierRunIn({ findings }: ReadReport): { earlier: EarlierRun; unknown: string[] } {
  const wanting = findings.flatMap(finding => {
    const outcome = outcomeOf(finding);
    // A run that ended early has its own finding, which isn't a case.
    return outcome === undefined || finding.suite === 'run' ? [] : [{ id: finding.name, outcome }];
  });
  const isCase = ({ id: name }: { id: string }) => allCases.some(({ id }) => id === name);
  return {
    earlier: new Map(wanting.filter(isCase).map(({ id, outcome }) => [id, outcome])),
    unknown: wanting.filter(found => !isCase(found)).map(({ id }) => id),
  };
}

/** Undoes the effect of a strict run, or of a comparison with an earlier one, on an outcome. */
function outcomeOf({ outcome, isAdvice, isKnown }: ReadReport['findings'][number]): 'failed' | 'advice' | undefined {
  if (outcome !== 'failed' && outcome !== 'warning') return undefined;
  return !isAdvice && (outcome === 'failed' || isKnown) ? 'failed' : 'advice';
}

/** Marks a report whose problem the earlier run had, too. A worse outcome counts as new. */
export function compared(report: CaseReport, earlier: EarlierRun | undefined): CaseReport {
  const before = earlier?.get(report.id);
  const isKnown = before !== undefined && (report.outcome === 'advice' || report.outcome === before);
  return isKnown ? { ...report, isKnown } : report;
}

/** The cases that pass now but didn't before. */
export const fixedIn = (reports: readonly CaseReport[], earlier: EarlierRun): string[] =>
  reports
    .filter(({ id, outcome }) => earlier.has(id) && (outcome === 'passed' || outcome === 'info'))
    .map(({ id }) => id);
