import type { Style } from '../../contract/command.js';
import { counted, grouped } from '../../text/words.js';
import { yieldsOf } from '../views/event-cells.js';
import { line, type Cell } from '../../text/line.js';
import { messageLines } from '../views/message-lines.js';
import type {
  DeliveryReport,
  DeliverySummaryReport,
  DeliveryNumber,
  ReplyReport,
  RetryReport,
  SentReport,
} from './reports.js';

export function view(report: DeliveryReport, style: Style): string {
  switch (report.type) {
    case 'sent':
      return sentLine(report, style);
    case 'reply':
      return replyLines(report, style);
    case 'retry':
      return retryLine(report, style);
    case 'summary':
      return summaryLines(report, style);
  }
}

/** Returns the delivery number for a line, aligned, with a blank after it; empty if lines aren't numbered. */
const number = ({ seq, asked }: DeliveryNumber): string =>
  asked === undefined ? '' : `${String(seq).padStart(String(asked).length)} `;

function sentLine({ source, event, method, url, ...delivery }: SentReport, style: Style): string {
  const { visible, marks, strong } = style;
  const before = `${number(delivery)}${marks.out} `;
  const what: Cell[] =
    event.type === undefined || event.scheme !== undefined
      ? [{ text: visible(source), yields: { order: 4, least: 8 } }]
      : [
          { text: visible(event.type), yields: yieldsOf(event.type).type },
          { text: visible(event.status ?? marks.none), paint: strong, yields: { order: 4, least: 8 } },
          { text: visible(event.referenceId?.slice(0, 8) ?? marks.none), yields: yieldsOf(event.type).referenceId },
        ];
  const where: Cell = { text: `${method} ${url}`, yields: { order: 2, least: 24 } };
  return `${before}${line([...what, where], { ...style, columns: style.columns - before.length })}`;
}

function replyLines(report: ReplyReport, style: Style): string {
  const { status, statusText, milliseconds, isExpected, isRetried, hint } = report;
  const { good, bad, warning, faint, strong, visible, marks } = style;
  // The next line shows the retry. Expectations matter only without one.
  const unmet = isRetried ? [] : report.unmet;
  const answer = (isExpected ? good : isRetried ? warning : bad)(
    `${marks.in} ${status} ${visible(statusText)}`.trimEnd(),
  );
  const verdict = unmet
    .filter(({ what }) => what === 'status')
    .map(({ expected }) => `  ${bad(`expected ${expected}`)}`);
  const others = unmet.filter(({ what }) => what !== 'status');
  return [
    `${number(report)}${answer}  ${faint(`${milliseconds} ms`)}${verdict.join('')}`,
    ...others.map(({ what, expected, got }) =>
      bad(`  ${marks.bad} ${what}: expected ${visible(expected)}, got ${visible(got)}`),
    ),
    ...(hint === undefined ? [] : [`  ${strong('hint:')} ${visible(hint)}`]),
    ...messageLines(report, style),
  ].join('\n');
}

const retryLine = ({ attempt, attempts, wait, because, ...delivery }: RetryReport, { faint, marks }: Style): string =>
  faint(
    `${number(delivery)}${marks.again} ${typeof because === 'number' ? '' : `no response (${because}); `}again in ${wait} ms, attempt ${attempt} of ${attempts}`,
  );

function summaryLines(report: DeliverySummaryReport, style: Style): string {
  const { asked, expected, unexpected, failed } = report;
  const { good, bad, marks } = style;
  const others = [
    { count: unexpected, words: 'with another response' },
    { count: failed, words: 'failed' },
    { count: asked - expected - unexpected - failed, words: 'not sent' },
  ].filter(({ count }) => count > 0);
  const parts = [
    `${grouped(expected)} of ${grouped(asked)} as expected`,
    ...others.map(({ count, words }) => `${grouped(count)} ${words}`),
  ];
  const verdict =
    others.length === 0 ? good(`${marks.good} ${parts.join(', ')}`) : bad(`${marks.bad} ${parts.join(', ')}`);
  return [verdict, ...loadLines(report), ...histogramLines(report, style)].join('\n');
}

function loadLines(report: DeliverySummaryReport): string[] {
  const { requests, seconds = 0, perSecond = 0, statuses, errors, unrecorded, latency } = report;
  if (requests === undefined) return [];
  const counts = Object.entries({ ...statuses, ...errors, ...(unrecorded && { unrecorded }) });
  const times = Object.entries(latency ?? {}).map(([name, time]) => `${name} ${time.toFixed(1)} ms`);
  return [
    `${counted(requests, 'request')} in ${seconds.toFixed(1)} s, ${grouped(Math.round(perSecond))} a second`,
    counts.map(([what, count]) => `${what}: ${grouped(count)}`).join(', '),
    times.join(', '),
    paceLine(report),
  ].flatMap(line => (line === '' ? [] : [`  ${line}`]));
}

/** With fewer responses, a few figures say as much as the distribution. */
const enoughAnswers = 20;

/** A histogram of response times: one row each, as long as its share of the largest. */
function histogramLines({ latencies = [] }: DeliverySummaryReport, { faint, marks, columns }: Style): string[] {
  const total = latencies.reduce((sum, { count }) => sum + count, 0);
  if (total < enoughAnswers || latencies.length < 2) return [];
  const most = Math.max(...latencies.map(({ count }) => count));
  const labels = latencies.map(({ from, to }) => `${significant(from)} to ${significant(to)} ms`);
  const labelWidth = Math.max(...labels.map(({ length }) => length));
  const space = Math.min(80, columns) - labelWidth - grouped(most).length - 6;
  if (space < 5) return [];
  return latencies.map(({ count }, index) => {
    const bar = marks.bar.repeat(Math.max(count > 0 ? 1 : 0, Math.round((count / most) * space)));
    return `  ${faint((labels[index] ?? '').padStart(labelWidth))}  ${bar}${bar === '' ? '' : '  '}${grouped(count)}`;
  });
}

/** Rounds to three digits: nobody compares more. */
const significant = (milliseconds: number): string => String(Number(milliseconds.toPrecision(3)));

const paceLine = ({ rate = 0, late = 0 }: DeliverySummaryReport): string =>
  late === 0
    ? ''
    : `the pace of ${grouped(rate)} a second wasn't kept: ${counted(late, 'request')} began more than 100 ms late`;
