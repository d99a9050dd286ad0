import type { Style } from '../command.js';
import { line, type Cell } from '../line.js';
import { problemWords } from '../problem-words.js';
import type { ListenReport, ListenSummaryReport, ReadyReport, RequestReport } from './reports.js';

export function view(report: ListenReport, style: Style): string {
  switch (report.type) {
    case 'ready':
      return readyLine(report, style);
    case 'request':
      return requestLines(report, style);
    case 'summary':
      return summaryLine(report, style);
  }
}

function readyLine({ url, scheme, secrets }: ReadyReport, { strong, faint, visible }: Style): string {
  const facts = secrets ? [scheme, 'sha256', ...secrets] : ['signatures are not checked'];
  return `Listening on ${strong(url)}  ${faint(`(${facts.map(visible).join(', ')})`)}`;
}

/** One line for the request, and below it what is wrong with the body and what `--show` asks for. */
function requestLines(report: RequestReport, style: Style): string {
  return [requestLine(report, style), ...problemLines(report, style), ...shownLines(report, style)].join('\n');
}

function requestLine(
  { receivedAt, method, bytes, event, signature, schema, refusal, status, milliseconds }: RequestReport,
  style: Style,
): string {
  const { visible, faint, good, bad, marks } = style;
  const what = refusal
    ? [{ text: visible(method), yields: { order: 4, least: 4 } }]
    : eventCells({ event, bytes }, style);
  return line(
    [
      { text: localTime(receivedAt), paint: faint, yields: { order: 3, least: 0 } },
      ...what,
      { text: refusal ? bad(`${marks.bad} ${refusal}`) : verdictText({ signature, schema }, style) },
      { text: (status < 400 ? good : bad)(String(status)) },
      { text: faint(`${milliseconds} ms`) },
    ],
    style,
  );
}

function eventCells(
  { event, bytes }: Pick<RequestReport, 'event' | 'bytes'>,
  { visible, strong, marks }: Style,
): Cell[] {
  const { type, status = marks.none, referenceId = marks.none } = event;
  if (type === undefined) return [{ text: `a body of ${bytes} bytes`, yields: { order: 4, least: 8 } }];
  return [
    { text: visible(type), yields: { order: 1, least: 0 } },
    { text: visible(status), paint: strong, width: 8, yields: { order: 4, least: 4 } },
    { text: visible(referenceId.slice(0, 8)), width: 8, yields: { order: 2, least: 0 } },
  ];
}

function verdictText(
  { signature, schema }: Pick<RequestReport, 'signature' | 'schema'>,
  { good, bad, warning, marks }: Style,
): string {
  if (signature?.valid === false) return bad(`${marks.bad} ${signature.reason}`);
  const isClean = schema?.problems.length === 0;
  const schemaMark = isClean
    ? good(`${marks.good} schema`)
    : schema?.valid
      ? warning(`${marks.warning} schema`)
      : bad(`${marks.bad} schema`);
  return `${signature ? good(`${marks.good} signature`) : `${marks.none} signature`} ${schemaMark}`;
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

function shownLines({ headers = [], bodyBase64 }: RequestReport, { visible, faint }: Style): string[] {
  const body = bodyBase64 === undefined ? [] : Buffer.from(bodyBase64, 'base64').toString().split('\n');
  return [
    ...headers.map(([name, value]) => faint(`  ${visible(name)}: ${visible(value)}`)),
    ...body.map(text => `  ${visible(text)}`),
  ];
}

function summaryLine(
  { received, accepted, refused, matched, expected, unmet }: ListenSummaryReport,
  { good, bad, visible, marks }: Style,
): string {
  const text = `${received} received, ${accepted} accepted, ${refused} refused`;
  if (expected === null) return text;
  if (unmet.length === 0) return good(`${marks.good} ${text}, ${matched} as expected`);
  return bad(`${marks.bad} ${text}; missing: ${unmet.map(visible).join('; ')}`);
}

/** The user's own clock, as hours, minutes and seconds. */
const localTime = (receivedAt: string): string => new Date(receivedAt).toTimeString().slice(0, 8);
