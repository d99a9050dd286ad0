import type { Style } from '../command.js';
import { line, type Cell } from '../line.js';
import type { ReplyReport, SendReport, SendSummaryReport, SentReport } from './reports.js';

export function view(report: SendReport, style: Style): string {
  switch (report.type) {
    case 'sent':
      return sentLine(report, style);
    case 'reply':
      return replyLine(report, style);
    case 'summary':
      return summaryLine(report, style);
  }
}

function sentLine({ source, event, method, url }: SentReport, style: Style): string {
  const { visible, marks, strong } = style;
  const what: Cell[] =
    event.type === undefined
      ? [{ text: visible(source), yields: { order: 4, least: 8 } }]
      : [
          { text: visible(event.type), yields: { order: 1, least: 0 } },
          { text: visible(event.status ?? marks.none), paint: strong, yields: { order: 4, least: 8 } },
          { text: visible(event.referenceId?.slice(0, 8) ?? marks.none), yields: { order: 3, least: 0 } },
        ];
  return `${marks.out} ${line([...what, { text: `${method} ${url}`, yields: { order: 2, least: 24 } }], { ...style, columns: style.columns - 2 })}`;
}

function replyLine(
  { status, statusText, milliseconds, isExpected, expected }: ReplyReport,
  { good, bad, faint, visible, marks }: Style,
): string {
  const answer = `${marks.in} ${status} ${visible(statusText)}`.trimEnd();
  const verdict = isExpected ? '' : `  ${bad(`expected ${expected}`)}`;
  return `${(isExpected ? good : bad)(answer)}  ${faint(`${milliseconds} ms`)}${verdict}`;
}

function summaryLine({ asked, expected, unexpected, failed }: SendSummaryReport, { good, bad, marks }: Style): string {
  const others = [
    { count: unexpected, words: 'answered otherwise' },
    { count: failed, words: 'failed' },
    { count: asked - expected - unexpected - failed, words: 'not sent' },
  ].filter(({ count }) => count > 0);
  const text = [`${expected} of ${asked} delivered`, ...others.map(({ count, words }) => `${count} ${words}`)].join(
    ', ',
  );
  return others.length === 0 ? good(`${marks.good} ${text}`) : bad(`${marks.bad} ${text}`);
}
