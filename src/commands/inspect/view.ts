import type { Style } from '../../contract/command.js';
import type { Header } from '../../http/header.js';
import { paragraph } from '../../text/paragraph.js';
import { shellWord } from '../../text/shell.js';
import { counted, grouped } from '../../text/words.js';
import { pageLine } from '../views/page-line.js';
import { prettyLines } from '../views/message-lines.js';
import { explanation, verdictText } from '../views/verification-lines.js';
import { differenceLines } from './difference-view.js';
import { answerPaint } from '../views/answer.js';
import { exchangeLine } from './list-view.js';
import type { ExchangeReport, WholeExchange } from '../../exchange/reports.js';
import type { InspectReport, InspectSummaryReport } from './reports.js';

export function view(report: InspectReport, style: Style): string | Uint8Array {
  switch (report.type) {
    case 'exchange':
      return report.whole ? wholeView(report, report.whole, style) : exchangeLine(report, style);
    case 'difference':
      return differenceLines(report, style).join('\n');
    case 'page':
      return pageLine(report, style);
    case 'page-file':
      return `${style.visible(report.file)} has ${counted(report.requests, 'request')}`;
    case 'summary':
      return summaryLines(report, style);
  }
}

function summaryLines({ file, shown, refused, failed }: InspectSummaryReport, style: Style): string {
  const facts = [counted(shown, 'request'), ...(refused > 0 ? [`${grouped(refused)} refused`] : [])];
  if (failed > 0) facts.push(`${grouped(failed)} without a 2xx response`);
  const hint = failed > 0 && failed < shown ? `: webhook-cli inspect ${style.visible(shellWord(file))} --failed` : '';
  const text = paragraph(`${facts.join(', ')}${hint}`, { prefix: '', indent: 2 }, style);
  return failed > 0 ? style.bad(text) : text;
}

/** Lines around the two bodies, which are pretty-printed on a terminal and exact in a pipe. */
function wholeView(report: ExchangeReport, whole: WholeExchange, style: Style): Uint8Array {
  const { visible, strong, faint } = style;
  const { index, receivedAt, method, target } = report;
  return Buffer.concat([
    linesOf(`${index}  ${faint(visible(receivedAt ?? 'at an unknown time'))}`, strong(`${visible(method)} ${visible(target)}`)),
    ...messageParts(whole.headers, whole.bodyBase64, style),
    linesOf('', ...signatureLines(report, whole, style), ''),
    linesOf(answerLine(report, style)),
    ...(whole.answer ? messageParts(whole.answer.headers, whole.answer.bodyBase64, style) : []),
    ...(whole.answer?.isWhole === false ? [linesOf(faint('the rest was cut off'))] : []),
    linesOf(''),
  ]);
} // prettier-ignore

const linesOf = (...lines: readonly string[]): Buffer => Buffer.from(lines.map(line => `${line}\n`).join(''));

function messageParts(headers: readonly Header[], bodyBase64: string, style: Style): Buffer[] {
  const { visible, faint, columns } = style;
  const head = linesOf(...headers.map(([name, value]) => faint(`${visible(name)}: ${visible(value)}`)), '');
  const body = Buffer.from(bodyBase64, 'base64');
  if (body.length === 0) return [head];
  if (!Number.isFinite(columns)) return [head, body, ...(body.at(-1) === 0x0a ? [] : [Buffer.from('\n')])];
  return [head, linesOf(...prettyLines(body.toString()).map(visible))];
}

function signatureLines({ verdict }: ExchangeReport, { signature }: WholeExchange, style: Style): string[] {
  const then = verdict?.by === 'recording' && verdict.isAccepted === false && verdict.reason !== signature?.reason ? [`    it was refused on arrival: ${style.visible(verdict.reason ?? '')}`] : []; // prettier-ignore
  if (!signature) return [`signature  ${style.marks.none} not checked: no secret`, ...then];
  return [`signature  ${verdictText(signature, style)}`, ...explanation(signature, style), ...then];
}

function answerLine({ answer }: ExchangeReport, style: Style): string {
  if (!answer) return `response  ${style.marks.none} the recording doesn't have it`;
  const { status, milliseconds, by } = answer;
  const who = by === 'application' ? 'the application' : 'the receiver itself';
  const took = milliseconds === undefined ? '' : `  ${milliseconds} ms`;
  const from = by === undefined ? '' : style.faint(`  by ${who}`);
  return `response  ${answerPaint(answer, style)(status === null ? 'none' : String(status))}${took}${from}`;
}
