import type { Style } from '../../contract/command.js';
import { widthOf } from '../../text/width.js';
import { counted, grouped } from '../../text/words.js';
import { shortReasons } from '../views/signature-words.js';
import { clockTime, spanText, tableLine, type Cutting, type Table } from '../views/table.js';
import type { RequestReport } from './reports.js';

type Column = 'time' | 'event' | 'what' | 'status' | 'id' | 'verdict' | 'answer' | 'took' | 'secret';

/** One column for the event and its id: the usual event is short and leaves room for its id; the others are longer. */
const usual = [['time', 8], ['what', 29], ['status', 9], ['verdict', 14], ['answer', 4], ['took', 6]] as const; // prettier-ignore

const table: Table<Column, RequestReport> = {
  layouts: [
    {
      least: 160,
      columns: [['time', 8], ['event', 40], ['status', 20], ['id', 28], ['verdict', 21], ['answer', 4], ['took', 6], ['secret', 18]],
    },
    {
      least: 118,
      columns: [['time', 8], ['event', 29], ['status', 14], ['id', 8], ['verdict', 21], ['answer', 4], ['took', 6], ['secret', 14]],
    },
    { least: 100, columns: [...usual, ['secret', 18]] },
    { least: 80, columns: usual },
    { least: 60, columns: [['time', 8], ['status', 10], ['id', 8], ['verdict', 15], ['answer', 4], ['took', 5]] },
    { least: 40, columns: [['status', 12], ['verdict', 17], ['answer', 4]] },
    { least: 0, columns: [['verdict', 13], ['answer', 4]] },
  ],
  piped: [['time', 8], ['event', 15], ['status', 9], ['id', 8], ['verdict', 20], ['answer', 3], ['took', 1], ['secret', 0]],
  texts: {
    time: ({ receivedAt }) => clockTime(new Date(receivedAt)),
    event: eventText,
    what: whatText,
    status: statusText,
    id: idText,
    verdict: verdictText,
    answer: ({ status, unanswered = '' }) => (status === null ? unanswered : String(status)),
    took: ({ milliseconds }) => spanText(milliseconds),
    secret: secretText,
  },
  paints: {
    time: (_, { faint }) => faint,
    took: (_, { faint }) => faint,
    secret: (_, { faint }) => faint,
    status: (_, { strong }) => strong,
    verdict: verdictPaint,
    answer: ({ status }, { good, bad }) => (status !== null && status < 400 ? good : bad),
  },
}; // prettier-ignore

/** The line of a request. All lines of a session have the same columns. */
export const requestLine = (report: RequestReport, style: Style): string => tableLine(table, report, style);

/** A request refused before its body was read shows its method instead. */
function eventText({ refusal, method, event, bytes }: RequestReport, { style: { visible } }: Cutting): string {
  return visible(refusal ? method : (event.type ?? counted(bytes, 'byte')));
}

/** Omits the id if it doesn't fit. */
function whatText(report: RequestReport, cutting: Cutting): string {
  const type = eventText(report, cutting);
  const both = `${type}  ${idText(report, cutting)}`;
  return idOf(report) === undefined || widthOf(both) > cutting.width ? type : both;
}

const idOf = ({ event: { scheme, id, referenceId } }: RequestReport): string | undefined =>
  scheme === undefined ? referenceId?.slice(0, 8) : id;

function idText(report: RequestReport, { style: { visible, marks } }: Cutting): string {
  return visible(idOf(report) ?? marks.none);
}

/** Other schemes' events have no id, so they show their size. */
function statusText({ event, bytes }: RequestReport, { style: { visible, marks } }: Cutting): string {
  return event.scheme === undefined ? visible(event.status ?? marks.none) : `${grouped(bytes)} B`;
}

/** Both findings if there is space, or else the worse one. */
function verdictText(report: RequestReport, { style: { marks }, width, isPiped }: Cutting): string {
  const { refusal, signature } = report;
  const hasSpace = isPiped || width > 20;
  if (refusal) return `${marks.bad} ${refusal}`;
  if (signature?.valid !== false) return hasSpace ? bothFindings(report, marks) : worseFinding(report, marks);
  return `${marks.bad} ${hasSpace ? signature.reason : shortReasons[signature.reason]}`;
}

function bothFindings({ signature, schema }: RequestReport, marks: Style['marks']): string {
  const found = `${signature ? marks.good : marks.none} signature`;
  // Other schemes' bodies have no schema here.
  return schema ? `${found} ${schemaMark(schema, marks)} schema` : found;
}

function worseFinding({ signature, schema }: RequestReport, marks: Style['marks']): string {
  if (schema && !isClean(schema)) return `${schemaMark(schema, marks)} schema`;
  return signature ? `${marks.good} valid` : `${marks.none} unchecked`;
}

type Schema = NonNullable<RequestReport['schema']>;

const isClean = ({ problems }: Schema): boolean => problems.length === 0;

function schemaMark(schema: Schema, { good, warning, bad }: Style['marks']): string {
  if (isClean(schema)) return good;
  return schema.valid ? warning : bad;
}

function verdictPaint({ refusal, signature, schema }: RequestReport, style: Style): (text: string) => string {
  if (refusal !== undefined || signature?.valid === false || schema?.valid === false) return style.bad;
  if (schema && !isClean(schema)) return style.warning;
  return signature ? style.good : style.faint;
}

/**
 * If several secrets are accepted, shows which one matched, so that the user knows when to retire another. Their names
 * differ at the end.
 */
function secretText({ signature }: RequestReport, { style: { visible, marks }, width, isPiped }: Cutting): string {
  if (!signature?.valid || signature.of < 2) return '';
  const name = visible(signature.secret);
  return isPiped || name.length + 2 <= width ? `(${name})` : `(${marks.cut}${name.slice(3 - width)})`;
}
