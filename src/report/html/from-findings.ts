import { bySuite, totalsIn, totalsOf, type Finding, type Totals } from '../finding.js';
import type { PageFailure, ReportPage } from './page.js';

/** Shows findings as they are, with no further data. */
export function pageOfFindings(
  findings: readonly Finding[],
  title: string,
  totals: Totals = totalsIn(findings),
): ReportPage {
  const notable = findings.filter(({ outcome }) => outcome === 'failed' || outcome === 'warning');
  return {
    title,
    isGood: totals.failed === 0,
    verdict: totalsOf(totals),
    facts: [],
    causes: [],
    failures: notable.map(failureOf),
    groups: [...bySuite(findings)].map(([name, items]) => ({ name, items })),
  };
}

/** A problem's suite is its file, and its name begins with the place. */
const failureOf = ({ suite, name, outcome, message, details }: Finding): PageFailure => ({
  name: `${suite}: ${name}`,
  isWarning: outcome === 'warning',
  facts: message === undefined ? [] : [['got', message]],
  blocks: details === undefined ? [] : [['details', details]],
});
