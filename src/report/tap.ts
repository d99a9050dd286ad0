import { totalsIn, type Finding, type Totals } from './finding.js';
import { oneLine, plainLines } from '../text/visible.js';

/** The Test Anything Protocol: https://testanything.org/tap-version-14-specification.html */
export const tap = (findings: readonly Finding[], title: string, totals: Totals = totalsIn(findings)): string =>
  [
    'TAP version 14',
    `# ${oneLine(title)}`,
    `1..${findings.length}`,
    ...findings.flatMap(point),
    summary(totals),
    '',
  ].join('\n');

function point(finding: Finding, index: number): string[] {
  const { outcome, suite, name, message } = finding;
  const result = outcome === 'failed' ? 'not ok' : 'ok';
  const skip = outcome === 'skipped' ? ` # SKIP ${description(message ?? '')}`.trimEnd() : '';
  const line = `${result} ${index + 1} - ${description(`${suite}: ${name}`)}${skip}`;
  return outcome === 'failed' || outcome === 'warning' ? [line, ...diagnostics(finding)] : [line];
}

/** A bare `#` would begin a directive. */
const description = (text: string): string => oneLine(text).replaceAll('\\', '\\\\').replaceAll('#', '\\#');

/** JSON's strings are YAML's, too, and no text can end them early. */
function diagnostics({ outcome, message = '', details, file, line, column }: Finding): string[] {
  const at = { file: file && oneLine(file), line, column };
  const entries = Object.entries({
    severity: outcome === 'failed' ? 'fail' : 'warning',
    message: oneLine(message),
    details: details === undefined ? undefined : plainLines(details).join('\n'),
    at: file === undefined ? undefined : at,
  }).filter(([, value]) => value !== undefined);
  return ['  ---', ...entries.map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`), '  ...'];
}

const summary = ({ failed, warning, skipped }: Totals): string =>
  `# ${failed} failed, ${warning} with a warning, ${skipped} skipped`;
