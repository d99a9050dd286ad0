/** One thing that was looked at, and what came of it. Its texts may be from outside: documents make them safe. */
export interface Finding {
  /** What it belongs to: a group of cases, a file. */
  suite: string;
  name: string;
  outcome: Outcome;
  /** One line. */
  message?: string | undefined;
  /** Several lines: what to do about it, and the like. */
  details?: string | undefined;
  file?: string | undefined;
  /** From 1. */
  line?: number | undefined;
  /** From 1. */
  column?: number | undefined;
  seconds?: number | undefined;
}

export type Outcome = 'passed' | 'failed' | 'warning' | 'skipped';

export const countOf = (findings: readonly Finding[], outcome: Outcome): number =>
  findings.filter(finding => finding.outcome === outcome).length;

/** Findings by what they belong to, in the order in which each was first met. */
export const bySuite = (findings: readonly Finding[]): Map<string, Finding[]> =>
  findings.reduce(
    (suites, finding) => suites.set(finding.suite, [...(suites.get(finding.suite) ?? []), finding]),
    new Map<string, Finding[]>(),
  );
