import type { Scheme } from '../scheme/scheme.js';
import { hasCatalogue } from '../scheme/schemes.js';
import { isDelivery, isEffect, levelOf, type Case, type Group, type Level, type Need } from './case.js';
import type { Cause } from './causes/cause.js';
import type { Blindness } from './effects/state.js';
import type { Ending } from './ending.js';
import type { CaseResult, Got, Outcome } from './result.js';

/** The published form of a case. */
export interface ListedReport {
  type: 'listed';
  id: string;
  group: Group;
  level: Level;
  why: string;
  /** Its needs besides the receiver. */
  needs?: Need;
  /** Whether it begins its group. */
  isFirst: boolean;
}

/** The published result of a case. */
export interface CaseReport {
  type: 'case';
  id: string;
  group: Group;
  level: Level;
  outcome: Outcome;
  sent: string;
  /** The delivery that failed, if the case has several. */
  delivery?: string;
  expected?: string;
  got?: Got;
  /** Why a case that compares the state wasn't run, if because of the probe. */
  because?: Blindness;
  /** The fix, if there is something to fix. */
  remedy?: string;
  /** The statuses of all responses, each once. */
  statuses: number[];
  /** The time of all its deliveries together. */
  milliseconds: number;
  /** Whether it begins its group. */
  isFirst: boolean;
  /** Whether an earlier run had the same problem, so that it doesn't fail this run. */
  isKnown?: true;
}

/** The result of a run. */
export interface SuiteSummary {
  type: 'summary';
  /** Whether every selected required case passed, and in a strict run every advised one, too. */
  isConformant: boolean;
  ended: Ending['kind'];
  passed: number;
  failed: number;
  advice: number;
  notRun: number;
  /** Why the cases that compare the state weren't run, if because of the probe. */
  because?: Blindness;
  /** The cases that a configuration file skips. */
  skipped: string[];
  /** That file. */
  skippedBy?: string;
  /** The causes of cases that failed or went against advice, the most general first. */
  causes: Cause[];
  /** Compared with an earlier run: the problems it had, too, and the cases that pass now but didn't then. */
  known?: string[];
  fixed?: string[];
  /** The cases that failed or went against advice, in order. */
  shortcomings: CaseReport[];
  /** Hints for a receiver that accepts nothing. */
  hint?: string;
  /** Repeats this run's customer. */
  seed: number;
  /** The scheme, unless it is the default. */
  scheme?: string;
}

export const listedReport = (one: Case, isFirst: boolean): ListedReport => ({
  type: 'listed',
  id: one.id,
  group: one.group,
  level: levelOf(one),
  why: one.why,
  ...(isEffect(one) && { needs: one.needs }),
  isFirst,
});

export function caseReport(result: CaseResult, isFirst: boolean): CaseReport {
  const { case: one, exchanges, outcome, expected, got, label, because } = result;
  const statuses = exchanges.flatMap(({ attempt }) => ('reply' in attempt ? [attempt.reply.status] : []));
  return {
    type: 'case',
    id: one.id,
    group: one.group,
    level: levelOf(one),
    outcome,
    sent: one.sends,
    ...(label !== undefined && { delivery: label }),
    ...(expected !== undefined && { expected }),
    ...(got && { got }),
    ...(because && { because }),
    ...(isShortcoming(outcome) && { remedy: remedyFor(result) }),
    statuses: [...new Set(statuses)],
    milliseconds: exchanges.reduce((sum, { attempt }) => sum + attempt.milliseconds, 0),
    isFirst,
  };
}

function remedyFor({ case: one, outcome, got }: CaseResult): string {
  // Any response would have passed, so the remedy is only to respond.
  if (got?.kind === 'failure' && levelOf(one) === 'info') return 'respond to every request, even one that you refuse';
  return (outcome === 'advice' && isDelivery(one) ? one.advice : undefined) ?? one.remedy;
}

const isShortcoming = (outcome: Outcome): boolean => outcome === 'failed' || outcome === 'advice';

interface SummaryFacts {
  scheme: Scheme;
  isStrict: boolean;
  /** The cases that a configuration file skips. */
  skipped?: { file: string; cases: readonly Case[] } | undefined;
  /** The cases that pass now but didn't in the earlier run, if there is one. */
  fixed?: string[] | undefined;
}

/** Sums up the reports of a run. */
export function summaryOf(
  reports: readonly CaseReport[],
  {
    isStrict,
    skipped,
    fixed,
    scheme,
    ...facts
  }: Pick<SuiteSummary, 'ended' | 'seed' | 'hint' | 'causes'> & SummaryFacts,
): SuiteSummary {
  const known = reports.filter(({ isKnown }) => isKnown);
  const because = reports.find(report => report.because)?.because;
  return {
    type: 'summary',
    isConformant: facts.ended === 'complete' && isConformant(reports, isStrict),
    ...countsOf(reports.filter(({ isKnown }) => !isKnown)),
    ...(because && { because }),
    skipped: skipped?.cases.map(({ id }) => id) ?? [],
    ...(skipped && { skippedBy: skipped.file }),
    ...(fixed && { known: known.map(({ id }) => id), fixed }),
    shortcomings: reports.filter(({ outcome }) => isShortcoming(outcome)),
    ...facts,
    ...(!hasCatalogue(scheme) && { scheme: scheme.name }),
  };
}

function isConformant(reports: readonly CaseReport[], isStrict: boolean): boolean {
  const isWanting = ({ outcome, because, isKnown }: CaseReport) =>
    because !== undefined || (!isKnown && (outcome === 'failed' || (isStrict && outcome === 'advice')));
  // A run with only known failures still needs at least one response.
  const isAnswered = ({ outcome, statuses }: CaseReport) =>
    statuses.length > 0 || (outcome !== 'failed' && outcome !== 'not-run');
  return !reports.some(isWanting) && reports.some(isAnswered);
}

function countsOf(reports: readonly CaseReport[]): Pick<SuiteSummary, 'passed' | 'failed' | 'advice' | 'notRun'> {
  const count = (...outcomes: Outcome[]) => reports.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return {
    passed: count('passed', 'info'),
    failed: count('failed'),
    advice: count('advice'),
    notRun: count('not-run'),
  };
}
