import { bySuite, totalsIn, totalsOf, type Finding, type Totals } from '../finding.js';
import type { PageFailure, ReportPage } from './page.js';

/** Shows findings as they are, without more being known of them. */
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

function failureOf({ suite, name, outcome, message, details, ...place }: Finding): PageFailure {
  const at = [place.file, place.line, place.column].filter(part => part !== undefined).join(':');
  return {
    name: `${suite}: ${name}`,
    isWarning: outcome === 'warning',
    facts: [
      ...(message === undefined ? [] : [['got', message] as const]),
      ...(at === '' ? [] : [['where', at] as const]),
    ],
    blocks: details === undefined ? [] : [['details', details]],
  };
}
