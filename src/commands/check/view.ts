import { causeOf, type Cause } from '../../conformance/causes/cause.js';
import type { Group } from '../../conformance/case.js';
import type { Outcome } from '../../conformance/result.js';
import type { CaseReport, ListedReport, SuiteSummary } from '../../conformance/suite-report.js';
import { totalsWords } from '../../conformance/totals.js';
import { gotWords, groupWords, sentWords } from '../../conformance/words.js';
import type { Style } from '../../contract/command.js';
import { line } from '../../text/line.js';
import { paragraph } from '../../text/paragraph.js';
import { viewDocument, type DocumentReport } from '../documents/write-reports.js';

export type CheckReport = ListedReport | CaseReport | SuiteSummary | DocumentReport;

export function view(report: CheckReport, style: Style): string | Uint8Array | undefined {
  switch (report.type) {
    case 'listed':
      return [...heading(report, style), listedLine(report, style)].join('\n');
    case 'case':
      // Counted at the end: a line for each would bury the cases that ran.
      return report.outcome === 'not-run' ? undefined : [...heading(report, style), caseLine(report, style)].join('\n');
    case 'summary':
      return summaryLines(report, style);
    case 'document':
      return viewDocument(report);
  }
}

const heading = ({ isFirst, group }: { isFirst: boolean; group: Group }, { strong }: Style): string[] =>
  isFirst ? [strong(groupWords[group])] : [];

const idWidth = 20;

function listedLine({ id, level, why, needs }: ListedReport, style: Style): string {
  const start = `  ${id.padEnd(idWidth)}  ${level.padEnd(8)}  `;
  const words = needs ? `${why} (needs --${needs})` : why;
  return paragraph(words, { prefix: start, indent: start.length }, style);
}

function caseLine(report: CaseReport, style: Style): string {
  const { id, outcome, level, statuses, milliseconds } = report;
  const { mark, paint } = lookOf(report.isKnown ? 'advice' : outcome, style);
  return `  ${line(
    [
      { text: mark, paint },
      { text: id, width: idWidth },
      { text: shortWords(report), paint, width: statuses.length > 0 ? 12 : 0 },
      { text: report.group !== 'leaks' ? `${milliseconds} ms` : '', paint: style.faint },
      { text: level !== 'required' ? level : '', paint: style.faint },
      { text: report.isKnown ? 'known' : '', paint: style.faint },
    ],
    { ...style, columns: style.columns - 2 },
  )}`;
}

/** One or two words; details are below the table. */
function shortWords({ statuses, got }: CaseReport): string {
  if (got?.kind === 'failure') return 'no response';
  if (got?.kind === 'state') return got.before === got.after ? 'unchanged' : 'changed';
  if (got?.kind === 'leak') return `leaked by ${got.leak.id}`;
  return statuses.join(', ');
}

function lookOf(outcome: Outcome, { marks, good, bad, warning, faint }: Style) {
  const looks: Record<Outcome, { mark: string; paint: (text: string) => string }> = {
    passed: { mark: marks.good, paint: good },
    info: { mark: marks.good, paint: faint },
    failed: { mark: marks.bad, paint: bad },
    advice: { mark: marks.warning, paint: warning },
    'not-run': { mark: marks.none, paint: faint },
  };
  return looks[outcome];
}

function summaryLines(report: SuiteSummary, style: Style): string {
  const { isConformant, hint } = report;
  const { good, bad, marks, strong, visible } = style;
  const blocks = [
    ...report.causes.map(cause => causeLines(cause, style)),
    ...report.shortcomings
      .filter(({ isKnown }) => !isKnown)
      .map(shortcoming => shortcomingLines(shortcoming, report.causes, style)),
  ];
  const words = visible(totalsWords(report));
  const verdict = isConformant ? good(`${marks.good} ${words}`) : bad(`${marks.bad} ${words}`);
  const help =
    hint === undefined ? [] : [paragraph(visible(hint), { prefix: `${strong('hint:')} `, indent: 6 }, style)];
  const { known = [], fixed = [], skipped } = report;
  const isFirst = report.passed + report.failed + report.advice + known.length === 0;
  const named = (words: string, ids: readonly string[], prefix: string) =>
    ids.length === 0 ? [] : [paragraph(ids.join(', '), { prefix: `${prefix} `, indent: words.length + 4 }, style)];
  return [
    ...(isFirst ? [] : ['']),
    ...blocks.flatMap(block => [...block, '']),
    verdict,
    // Somebody else may have written the file, so the cases it leaves out are named.
    ...named('skipped', skipped, style.warning(`${marks.warning} skipped:`)),
    ...named('known', known, style.warning(`${marks.warning} known:`)),
    ...named('fixed', fixed, good(`${marks.good} fixed:`)),
    ...help,
  ].join('\n');
}

/** Printed above the failures it explains. */
function causeLines({ words, fix, explains }: Cause, style: Style): string[] {
  const said = (name: string, text: string) =>
    paragraph(style.visible(text), { prefix: style.strong(name.padEnd(7)), indent: 7 }, style);
  return [said('cause:', words), said('fix:', fix), paragraph(explains.join(', '), { prefix: '       explains: ', indent: 7 }, style)]; // prettier-ignore
}

/** Leaves out the fix if a cause above has one. */
function shortcomingLines(report: CaseReport, causes: readonly Cause[], style: Style): string[] {
  const { id, outcome, remedy = '' } = report;
  const { mark, paint } = lookOf(outcome, style);
  const words = (name: string, text: string) =>
    paragraph(style.visible(text), { prefix: `    ${style.strong(`${name}:`)} `, indent: 10 }, style);
  return [
    paint(`${mark} ${id}`),
    words('sent', sentWords(report)),
    words('got', gotWords(report)),
    ...(causeOf(id, causes) ? [] : [words('fix', remedy)]),
  ];
}
