import { countOf, type Finding } from './finding.js';
import { oneLine } from '../text/visible.js';

/** All findings as one JSON object. Its shape is public. */
export const json = (findings: readonly Finding[], title: string): string =>
  `${JSON.stringify(
    {
      version: 1,
      title,
      passed: countOf(findings, 'passed'),
      failed: countOf(findings, 'failed'),
      warnings: countOf(findings, 'warning'),
      skipped: countOf(findings, 'skipped'),
      findings,
    },
    undefined,
    2,
  )
    .split('\n')
    .map(oneLine)
    .join('\n')}\n`;
