import type { EventSummary } from '../../event/summary.js';
import type { Style } from '../../contract/command.js';
import { eventCells } from '../views/event-cells.js';
import { line, type Cell } from '../../text/line.js';
import { problemWords } from '../../event/problem-words.js';
import { viewDocument, type DocumentReport } from '../documents/write-reports.js';
import type { Excerpt, FileReport, ProblemReport, ValidateReport, ValidateSummaryReport } from './reports.js';
import { widthOf } from '../../text/width.js';
import { counted, grouped } from '../../text/words.js';

export function view(report: ValidateReport | DocumentReport, style: Style): string | Uint8Array {
  switch (report.type) {
    case 'document':
      return viewDocument(report);
    case 'problem':
      return problemLines(report, style);
    case 'file':
      return fileLine(report, style);
    case 'summary':
      return summaryLine(report, style);
  }
}

function problemLines(report: ProblemReport, style: Style): string {
  const { level, excerpt } = report;
  const { bad, warning, strong, visible, marks, columns } = style;
  const mark = level === 'error' ? bad(marks.bad) : warning(marks.warning);
  const [place, words] = [placeText(report), problemWords(report)].map(visible) as [string, string];
  // The text goes on its own line if it doesn't fit next to the position.
  const gap = widthOf(`x ${place}  ${words}`) > columns ? '\n    ' : '  ';
  return [`${mark} ${strong(place)}${gap}${words}`, ...(excerpt ? excerptLines(excerpt, report.line, style) : [])].join(
    '\n',
  );
}

/** The format that terminals and editors turn into links. */
function placeText({ file, index, item, line, column }: ProblemReport): string {
  if (index !== undefined) return `${file}, request ${index}, ${line}:${column}`;
  return `${file}:${line}:${column}${item === undefined ? '' : `, item ${item}`}`;
}

function excerptLines({ text, offset }: Excerpt, number: number, { visible, faint, bad, columns }: Style): string[] {
  const gutter = `  ${number} | `;
  const room = Math.min(columns, 100) - gutter.length;
  const before = fitted(visible(text.slice(0, offset)), Math.floor(room / 2), 'end');
  const after = fitted(visible(text.slice(offset)), room - widthOf(before), 'start');
  const blank = gutter.replace(/[^|]/g, ' ');
  return [`${faint(gutter)}${before}${after}`, `${faint(blank)}${' '.repeat(widthOf(before))}${bad('^')}`];
}

/** Returns as much of the start or end of a text as fits into `room` columns. */
function fitted(text: string, room: number, kept: 'start' | 'end'): string {
  const characters = Array.from(text);
  while (widthOf(characters.join('')) > room) {
    if (kept === 'start') characters.pop();
    else characters.shift();
  }
  return characters.join('');
}

function fileLine(report: FileReport, style: Style): string {
  const { file, bodies, valid, event, unjudgeable, warnings } = report;
  const isGood = valid === bodies && unjudgeable === 0;
  const kind = isGood ? (warnings > 0 ? 'warning' : 'good') : 'bad';
  const share = { text: `${grouped(valid)} of ${grouped(bodies)} valid` };
  const cells = [
    { text: `${style.marks[kind]} ${style.visible(file)}`, paint: style.strong },
    ...(bodies === 1 ? soleEventCells(event, style) : [share]),
    { text: countWords(report), paint: style[kind] },
  ];
  return line(cells, style);
}

const soleEventCells = (event: EventSummary | undefined, style: Style): Cell[] =>
  event?.type === undefined ? [] : eventCells({ event, bytes: 0 }, style);

function summaryLine(report: ValidateSummaryReport, { good, bad, marks }: Style): string {
  const { files, bodies, valid } = report;
  const words = [`${grouped(files)} files`, `${grouped(valid)} of ${grouped(bodies)} valid`];
  const text = [...words, countWords(report)].filter(Boolean).join(', ');
  return valid === bodies && report.unjudgeable === 0 ? good(`${marks.good} ${text}`) : bad(`${marks.bad} ${text}`);
}

const countWords = ({
  errors,
  warnings,
  unjudgeable,
  omitted,
}: Omit<ValidateSummaryReport, 'type' | 'files'>): string =>
  [
    { count: errors, one: 'error', many: 'errors' },
    { count: warnings, one: 'warning', many: 'warnings' },
    { count: unjudgeable, one: 'unchecked', many: 'unchecked' },
    { count: omitted, one: 'more not reported', many: 'more not reported' },
  ]
    .filter(({ count }) => count > 0)
    .map(({ count, one, many }) => counted(count, one, many))
    .join(', ');
