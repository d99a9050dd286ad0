import { totalsIn, type Finding, type Totals } from './finding.js';

/**
 * The maximum number of findings per outcome that a report lists. Nobody reads more, and programs that show reports
 * can't cope with more.
 */
const mostListed = 10_000;

/** Collects findings for reports, in bounded memory. */
export interface Findings {
  add: (finding: Finding) => void;
  /** The first findings of each outcome, and one that sums up the rest. */
  listed: (title: string) => readonly Finding[];
  /** What was added, listed or not. */
  totals: () => Totals;
}

export function createFindings(most = mostListed): Findings {
  const first: Finding[] = [];
  const totals = { ...totalsIn([]) };
  return {
    add: finding => {
      totals[finding.outcome] += 1;
      if (totals[finding.outcome] <= most) first.push(finding);
    },
    listed: title => {
      const listed = totalsIn(first);
      const more = { passed: 0, failed: 0, warning: 0, skipped: 0 };
      for (const outcome of outcomes) more[outcome] = totals[outcome] - listed[outcome];
      return outcomes.some(outcome => more[outcome] > 0) ? [...first, restOf(more, title)] : first;
    },
    totals: () => totals,
  };
}

/** Worst first. */
const outcomes = ['failed', 'warning', 'skipped', 'passed'] as const;

/** Has the worst outcome among them, so that a report can't look better than its run. */
function restOf(more: Totals, suite: string): Finding {
  const kinds = outcomes.filter(outcome => more[outcome] > 0);
  const parts = kinds.map(outcome => `${more[outcome]} ${words[outcome]}`);
  return { suite, name: 'not listed', outcome: kinds[0] ?? 'passed', message: `more findings: ${parts.join(', ')}` };
}

const words = { failed: 'failed', warning: 'with a warning', skipped: 'skipped', passed: 'passed' };
