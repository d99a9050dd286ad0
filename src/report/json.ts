import { totalsIn, type Finding, type Totals } from './finding.js';
import { oneLine } from '../text/visible.js';

/** All findings as one JSON object. Its shape is public. */
export const json = (
  findings: readonly Finding[],
  title: string,
  { passed, failed, warning: warnings, skipped }: Totals = totalsIn(findings),
): string =>
  `${JSON.stringify(
    {
      version: 1,
      title,
      ...{ passed, failed, warnings, skipped },
      findings,
    },
    undefined,
    2,
  )
    .split('\n')
    .map(oneLine)
    .join('\n')}\n`;
