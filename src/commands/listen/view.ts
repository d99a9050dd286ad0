import type { Style } from '../../contract/command.js';
import { diagnosisLines, fixLines } from '../views/diagnosis-lines.js';
import { line, type Cell } from '../../text/line.js';
import { unexplainedFix } from '../../exchange/words.js';
import { lookWords, timeWords } from '../views/signature-words.js';
import { pageLine } from '../views/page-line.js';
import { messageLines } from '../views/message-lines.js';
import { problemWords } from '../../event/problem-words.js';
import { protocolErrorWords } from '../../receiver/protocol-words.js';
import type {
  ForwardReport,
  ListenReport,
  ListenSummaryReport,
  ProtocolErrorReport,
  ReadyReport,
  RequestReport,
} from './reports.js';
import { paragraph } from '../../text/paragraph.js';
import { counted, grouped } from '../../text/words.js';
import { clockTime } from '../views/table.js';
import { requestLine } from './line-view.js';

export function view(report: ListenReport, style: Style): string {
  switch (report.type) {
    case 'ready':
      return readyLine(report, style);
    case 'page':
      return pageLine(report, style);
    case 'request':
      return requestLines(report, style);
    case 'forward':
      return forwardLines(report, style);
    case 'nonsense':
      return protocolErrorLine(report, style);
    case 'omitted':
      return style.faint(`${style.marks.cut} ${grouped(report.requests)} more`);
    case 'summary':
      return summaryLines(report, style);
  }
}

function readyLine({ url, everywhere, scheme, algorithms = ['sha256'], secrets }: ReadyReport, style: Style): string {
  const { strong, faint, visible } = style;
  const facts = secrets ? [scheme, ...algorithms, ...secrets] : ['signatures are not checked'];
  const cells: Cell[] = [
    {
      text: `Listening on ${url}${everywhere ? ' and all other addresses' : ''}`,
      paint: words => words.replace(url, found => strong(found)),
    },
    { text: `(${facts.map(visible).join(', ')})`, paint: faint, yields: { order: 1, least: 0 } },
  ];
  return line(cells, style);
}

/** One line for the request, followed by the problems of its body and by what `--show` asks for. */
function requestLines(report: RequestReport, style: Style): string {
  return [
    requestLine(report, style),
    ...causeLines(report, style),
    ...problemLines(report, style),
    ...messageLines(report, style),
  ].join('\n');
}

function causeLines({ signature, receivedAt, bytes }: RequestReport, style: Style): string[] {
  if (signature?.valid !== false) return [];
  const { looksLike, signedAt, diagnosis } = signature;
  if (looksLike !== undefined) return [`          ${lookWords(looksLike, style)}`];
  if (signedAt !== undefined) return [`          ${timeWords(signedAt, { receivedAt })}`];
  return diagnosis?.found
    ? diagnosisLines(diagnosis, 10, style)
    : fixLines(unexplainedFix(signature.reason, { bytes }), 10, style);
}

const mostProblems = 5;

function problemLines({ schema }: RequestReport, { visible, bad, warning, faint, marks }: Style): string[] {
  if (!schema) return [];
  const shown = schema.problems.slice(0, mostProblems).map(problem => {
    const isError = problem.level === 'error';
    const words = visible(problemWords(problem));
    return `          ${isError ? bad(`${marks.bad} ${words}`) : warning(`${marks.warning} ${words}`)}`;
  });
  const rest = schema.problems.length + schema.omitted - shown.length;
  return rest > 0 ? [...shown, faint(`          ${marks.cut} and ${rest} more`)] : shown;
}

function summaryLines(report: ListenSummaryReport, style: Style): string {
  const { unsearched } = report;
  const rest = `${style.marks.cut} ${counted(unsearched, 'bad signature')} without a search for the cause`;
  if (unsearched === 0) return summaryLine(report, style);
  const cell: Cell = { text: rest, paint: style.faint, yields: { order: 0, least: 0 } };
  return `${line([cell], style)}\n${summaryLine(report, style)}`;
}

function summaryLine(
  { received, accepted, refused, matched, repeated, distinct, expected, unmet, answers }: ListenSummaryReport,
  style: Style,
): string {
  const { good, bad, visible, marks } = style;
  const repeats = distinct === undefined ? '' : `, ${counted(distinct, 'distinct id')}, ${grouped(repeated)} repeated`;
  const text = `${received} received, ${accepted} accepted, ${refused} refused${repeats}${answerWords(answers)}`;
  const shown = (words: string) => paragraph(words, { prefix: '', indent: 2 }, style);
  if (expected === null) return shown(text);
  if (unmet.length === 0) return good(shown(`${marks.good} ${text}, ${matched} as expected`));
  return bad(shown(`${marks.bad} ${text}; missing: ${unmet.map(visible).join('; ')}`));
}

/** By class, in order, with requests without a response last. */
function answerWords(answers: ListenSummaryReport['answers']): string {
  const parts = Object.entries(answers).map(([kind, count]) => `${kind}: ${grouped(count)}`);
  return parts.length === 0 ? '' : ` (${parts.sort().join(', ')})`;
}

/** Printed below the line of the request. */
function forwardLines(report: ForwardReport, style: Style): string {
  const { url, status, failure, milliseconds } = report;
  const { good, bad, faint, visible, marks } = style;
  const answer = status === null ? bad(`no response (${failure ?? ''})`) : (status < 400 ? good : bad)(String(status));
  const cells = [
    { text: `          ${marks.out} ${visible(url)}`, yields: { order: 1, least: 24 } },
    { text: answer },
    { text: faint(`${milliseconds} ms`) },
  ];
  return [line(cells, style), ...messageLines(report, style)].join('\n');
}

const protocolErrorLine = ({ receivedAt, reason, status }: ProtocolErrorReport, style: Style): string =>
  line(
    [
      { text: clockTime(new Date(receivedAt)), paint: style.faint, yields: { order: 1, least: 0 } },
      { text: `${style.marks.bad} ${protocolErrorWords[reason]}`, paint: style.bad },
      { text: String(status), paint: style.bad },
    ],
    style,
  );
