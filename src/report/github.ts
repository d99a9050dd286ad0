import type { Summary } from './about.js';
import { notRunIn, totalsIn, totalsOf, type Finding, type Totals } from './finding.js';
import { oneLine, plainLines } from '../text/visible.js';

/**
 * Workflow commands that GitHub shows as annotations, for failures, warnings and skipped findings:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands. The last line has the totals, so that
 * the log of a green run isn't empty.
 */
export const github = (
  findings: readonly Finding[],
  title: string,
  { about, ...totals }: Summary = totalsIn(findings),
): string =>
  [
    findings.map(annotation).join(''),
    skipped(findings, title, totals),
    `${oneLine(`${title}: ${about?.verdict ?? totalsOf(totals)}`)}\n`,
  ].join('');

/** GitHub shows ten notices per step, so all skipped findings share one. Those that were never tried are only counted. */
function skipped(findings: readonly Finding[], title: string, { skipped: count }: Totals): string {
  if (count === 0) return '';
  const untried = [...notRunIn(findings)];
  const skippedCount = untried.reduce((left, [, each]) => left - each, count);
  const texts = [
    ...(skippedCount > 0 ? [`${skippedCount} skipped: ${namesOfSkipped(findings, skippedCount)}`] : []),
    ...untried.map(([message, each]) => `${each} ${message}`),
  ];
  return `::notice title=${property(title)}::${data(oneLine(texts.join('; ')))}\n`;
}

function namesOfSkipped(findings: readonly Finding[], count: number): string {
  const skippedOnes = findings.filter(({ outcome, isNotRun }) => outcome === 'skipped' && !isNotRun);
  const names = skippedOnes.slice(0, mostNames).map(({ suite, name }) => `${suite}: ${name}`);
  return [...names, ...(count > mostNames ? [`and ${count - mostNames} more`] : [])].join(', ');
}

const mostNames = 100;

function annotation({ outcome, suite, name, message = '', details, file, line, column }: Finding): string {
  const command = commands[outcome];
  if (command === undefined) return '';
  const properties = Object.entries({ file, line, col: column, title: `${suite}: ${name}` })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${property(String(value))}`);
  const text = [message, ...(details === undefined ? [] : [details])].flatMap(plainLines).join('\n');
  return `::${command} ${properties.join(',')}::${data(text)}\n`;
}

const commands: Partial<Record<Finding['outcome'], string>> = { failed: 'error', warning: 'warning' };

/** Escapes as @actions/core does. */
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => data(oneLine(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
