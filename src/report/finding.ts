/** One checked thing and its outcome. Texts may come from outside; documents escape them. */
export interface Finding {
  /** What it belongs to: a group of cases, or a file. */
  suite: string;
  name: string;
  /** The kind of problem, if there is a fixed set of kinds. */
  rule?: string | undefined;
  outcome: Outcome;
  /** One line. */
  message?: string | undefined;
  /** Several lines, such as what to do about it. */
  details?: string | undefined;
  file?: string | undefined;
  /** From 1. */
  line?: number | undefined;
  /** From 1. */
  column?: number | undefined;
  seconds?: number | undefined;
  /** Whether it is only advice that wasn't followed, even if that counts as a failure. */
  isAdvice?: true | undefined;
  /** Whether it was never tried, for the reason in its message: reports for people count such findings. */
  isNotRun?: true | undefined;
  /** Whether an earlier run found it too, so that it counts as a warning. */
  isKnown?: true | undefined;
}

export const outcomes = ['passed', 'failed', 'warning', 'skipped'] as const;

export type Outcome = (typeof outcomes)[number];

export const countOf = (findings: readonly Finding[], outcome: Outcome): number =>
  findings.filter(finding => finding.outcome === outcome).length;

/** The number of findings per outcome. A report may list fewer. */
export type Totals = Readonly<Record<Outcome, number>>;

export const totalsIn = (findings: readonly Finding[]): Totals => ({
  passed: countOf(findings, 'passed'),
  failed: countOf(findings, 'failed'),
  warning: countOf(findings, 'warning'),
  skipped: countOf(findings, 'skipped'),
});

/** `3 passed, 1 failed, 0 with a warning, 0 skipped`. */
export const totalsOf = ({ passed, failed, warning, skipped }: Totals): string =>
  `${passed} passed, ${failed} failed, ${warning} with a warning, ${skipped} skipped`;

/** The number of findings that were never tried, by their message. */
export function notRunIn(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { isNotRun, message = 'not run' } of findings)
    if (isNotRun) counts.set(message, (counts.get(message) ?? 0) + 1);
  return counts;
}

/** Findings grouped by suite, in order of first appearance. */
export function bySuite(findings: readonly Finding[]): Map<string, Finding[]> {
  const suites = new Map<string, Finding[]>();
  for (const finding of findings) {
    const members = suites.get(finding.suite);
    if (members) members.push(finding);
    else suites.set(finding.suite, [finding]);
  }
  return suites;
}
