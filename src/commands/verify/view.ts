import type { Answered } from '../../recording/answered.js';
import { line, type Cell } from '../../text/line.js';
import { paragraph } from '../../text/paragraph.js';
import { shellWord } from '../../text/shell.js';
import { grouped } from '../../text/words.js';
import type { Style } from '../../contract/command.js';
import type { DamageReport, Source, VerificationReport } from '../../exchange/verification.js';
import { answerPaint, failureWords } from '../views/answer.js';
import { eventCells } from '../views/event-cells.js';
import { explanation, verdictText } from '../views/verification-lines.js';
import type { VerifyReport, VerifySummaryReport } from './reports.js';

export function view(report: VerifyReport, style: Style): string {
  switch (report.type) {
    case 'verification':
      return verificationLines(report, style);
    case 'damage':
      return damageLine(report, style);
    case 'summary':
      return summaryLines(report, style);
  }
}

function damageLine({ kind, reason = '', ...source }: DamageReport, { warning, visible, marks }: Style): string {
  const words = kind === 'torn' ? 'a record that was never finished' : `a corrupt record: ${reason}`;
  return warning(`${visible(nameIn(source)).padEnd(2)} ${marks.warning} ${words}`);
}

/** Returns the file's name if there are several files. */
const nameIn = ({ file, files }: Source): string => (files > 1 ? file : '');

function verificationLines(report: VerificationReport, style: Style): string {
  const { index, receivedAt = '' } = report;
  const cells: Cell[] = [
    { text: `${style.visible(nameIn(report))} ${index}`.trimStart(), width: 2 },
    { text: style.visible(receivedAt), paint: style.faint, yields: { order: 2, least: 0 } },
    ...eventCells(report, style),
    { text: verdictText(report, style) },
    ...(report.answer ? [answerCell(report.answer, style)] : []),
  ];
  return [line(cells, style), ...explanation(report, style)].join('\n');
}

const answerCell = (answer: Answered, style: Style): Cell => ({
  text: answer.status === null ? 'no response' : String(answer.status),
  paint: answerPaint(answer, style),
});

function summaryLines(report: VerifySummaryReport, style: Style): string {
  return [...failureLines(report, style), summaryLine(report, style)].join('\n');
}

/** Which responses the requests got. */
function failureLines({ answers = {}, failedIn = [] }: VerifySummaryReport, style: Style): string[] {
  const words = failureWords(answers);
  if (words === undefined) return [];
  const [file = '', other] = failedIn;
  const named = other === undefined ? style.visible(shellWord(file)) : '<file>';
  // Standard input can't be read twice.
  const command = named === '-' ? '' : `: webhook-cli inspect ${named} --failed`;
  const text = `${style.marks.warning} ${words}${command}`;
  return [style.warning(paragraph(text, { prefix: '', indent: 2 }, style))];
}

function summaryLine(
  { read, skipped, valid, invalid, unjudgeable, unsearched }: VerifySummaryReport,
  { good, bad, warning, faint, marks }: Style,
): string {
  const text = `${read} read, ${skipped} skipped: ${valid} valid, ${invalid} invalid, ${unjudgeable} unchecked`;
  const rest = unsearched > 0 ? faint(`\n${marks.cut} ${grouped(unsearched)} without a search for the cause`) : '';
  if (valid < read || read === 0) return bad(`${marks.bad} ${text}`) + rest;
  return skipped > 0 ? warning(`${marks.warning} ${text}`) : good(`${marks.good} ${text}`);
}
