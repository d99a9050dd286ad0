import { isObservation, levelOf, type Case, type Group, type Level } from '../../conformance/case.js';
import type { Got, Outcome } from '../../conformance/judge.js';
import type { Ending, Result } from '../../conformance/run-cases.js';
import type { DocumentReport } from '../documents/write-reports.js';

/** A case of the suite, for `--list`. */
interface ListedReport {
  type: 'listed';
  id: string;
  group: Group;
  level: Level;
  why: string;
  isFirst: boolean;
}

/** What came of one case. */
export interface CaseReport {
  type: 'case';
  id: string;
  group: Group;
  level: Level;
  outcome: Outcome;
  sent: string;
  /** Which of several deliveries it was that failed. */
  delivery?: string;
  expected?: string;
  got?: Got;
  /** What may mend it; only where something needs mending. */
  remedy?: string;
  /** The statuses of all answers, each once. */
  statuses: number[];
  /** Of all its deliveries. */
  milliseconds: number;
  isFirst: boolean;
}

export interface CheckSummaryReport {
  type: 'summary';
  /** Whether every required case that was asked for has passed; with `--strict`, every advised one, too. */
  isConformant: boolean;
  ended: Ending['kind'];
  passed: number;
  failed: number;
  advice: number;
  notRun: number;
  /** The cases that need mending, in order. */
  shortcomings: CaseReport[];
  /** What may be wrong with a receiver that accepts nothing. */
  hint?: string;
  /** Repeats this run's customer. */
  seed: number;
}

export type CheckReport = ListedReport | CaseReport | CheckSummaryReport | DocumentReport;

/** `isFirst` tells whether it begins its group. */
export const listedReport = (one: Case, isFirst: boolean): ListedReport => {
  const { id, group, why } = one;
  return { type: 'listed', id, group, level: levelOf(one), why, isFirst };
};

export function caseReport({ case: one, exchanges, ...judgement }: Result, isFirst: boolean): CaseReport {
  const { outcome, expected, got, label } = judgement;
  const replies = exchanges.flatMap(({ attempt }) => ('reply' in attempt ? [attempt.reply.status] : []));
  return {
    ...{ type: 'case', id: one.id, group: one.group, level: levelOf(one), outcome, sent: one.sends },
    ...(label !== undefined && { delivery: label }),
    ...(expected !== undefined && { expected }),
    ...(got && { got }),
    ...(isShortcoming(outcome) && { remedy: remedyFor(one, outcome) }),
    statuses: [...new Set(replies)],
    milliseconds: exchanges.reduce((sum, { attempt }) => sum + attempt.milliseconds, 0),
    isFirst,
  };
}

const remedyFor = (one: Case, outcome: Outcome): string =>
  (outcome === 'advice' && !isObservation(one) ? one.advice : undefined) ?? one.remedy;

const isShortcoming = (outcome: Outcome): boolean => outcome === 'failed' || outcome === 'advice';

/** How a run ended as a whole. */
export function summaryReport(
  reports: readonly CaseReport[],
  { isStrict, ...facts }: Pick<CheckSummaryReport, 'ended' | 'seed' | 'hint'> & { isStrict: boolean },
): CheckSummaryReport {
  const count = (...outcomes: Outcome[]) => reports.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const [passed, failed, advice] = [count('passed', 'info'), count('failed'), count('advice')];
  const isGood = failed === 0 && (advice === 0 || !isStrict) && passed + advice > 0;
  return {
    ...{ type: 'summary', isConformant: isGood && facts.ended === 'complete' },
    ...{ passed, failed, advice, notRun: count('not-run') },
    shortcomings: reports.filter(({ outcome }) => isShortcoming(outcome)),
    ...facts,
  };
}
