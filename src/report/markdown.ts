import type { Fact, FoundCause, Summary } from './about.js';
import { notRunIn, totalsIn, totalsOf, type Finding } from './finding.js';
import { oneLine, plainLines } from '../text/visible.js';

/**
 * A heading, totals, what the run was about, causes with their fixes, and a table with the failures first, for the summary of a
 * CI job. Findings that passed or were never tried are counted, not listed.
 */
export function markdown(
  findings: readonly Finding[],
  title: string,
  { about: { verdict, facts, causes } = { facts: [], causes: [] }, ...totals }: Summary = totalsIn(findings),
): string {
  const notable = order.flatMap(wanted => findings.filter(({ outcome, isNotRun }) => outcome === wanted && !isNotRun));
  const rows = [...notable.map(row), ...[...notRunIn(findings)].map(countedRow)];
  const table = rows.length === 0 ? [] : ['', '| | what | result |', '|---|---|---|', ...rows];
  const lines = facts.length === 0 ? [] : ['', ...facts.map(factLine)];
  return [
    `### ${cell(title)}`,
    '',
    verdict === undefined ? totalsOf(totals) : cell(verdict),
    ...lines,
    ...causes.flatMap(causeLines),
    ...table,
    '',
  ].join('\n');
}

/** Nobody should have to look for a failure below sixty skipped cases. */
const order: readonly Finding['outcome'][] = ['failed', 'warning', 'skipped'];

const factLine = ([name, value]: Fact): string => `- ${cell(name)}: ${cell(value)}`;

const causeLines = ({ words, fix, explains }: FoundCause): string[] => [
  '',
  `**Cause:** ${cell(words)}<br>`,
  `**Fix:** ${cell(fix)}<br>`,
  `**Explains:** ${explains.map(cell).join(', ')}`,
];

function row({ outcome, suite, name, message = '', details, ...place }: Finding): string {
  const lines = [message, ...(details === undefined ? [] : [details])].flatMap(plainLines).map(cell).filter(Boolean);
  return `| ${marks[outcome]} | ${cell(`${suite}: ${name}`)}${placeOf(place)} | ${lines.join('<br>')} |`;
}

const countedRow = ([message, count]: [string, number]): string =>
  `| ${marks.skipped} | ${count} ${count === 1 ? 'case' : 'cases'} | ${cell(message)} |`;

function placeOf({ file, line, column }: Pick<Finding, 'file' | 'line' | 'column'>): string {
  if (file === undefined) return '';
  const place = [file, line, column].filter(part => part !== undefined).join(':');
  return `<br>${cell(place)}`;
}

const marks: Record<Finding['outcome'], string> = { passed: '✅', failed: '❌', warning: '⚠️', skipped: '➖' };

/** Escapes markup, links and the end of the cell: https://github.github.com/gfm/#backslash-escapes */
const cell = (text: string): string =>
  oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]()|~:@!#]|(?<=www)\./gi, String.raw`\$&`);
