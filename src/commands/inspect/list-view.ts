import type { Style } from '../../contract/command.js';
import type { ExchangeReport } from '../../exchange/reports.js';
import { answerPaint } from '../views/answer.js';
import { isSignatureReason, shortReasons } from '../views/signature-words.js';
import { clockTime, spanText, tableLine, twoDigits, type Cutting, type Table } from '../views/table.js';

type Column = 'index' | 'time' | 'event' | 'status' | 'id' | 'verdict' | 'answer' | 'took';

const table: Table<Column, ExchangeReport> = {
  layouts: [
    {
      least: 118,
      columns: [['index', 6], ['time', 14], ['event', 29], ['status', 14], ['id', 8], ['verdict', 21], ['answer', 4], ['took', 6]],
    },
    {
      least: 80,
      columns: [['index', 6], ['time', 8], ['event', 15], ['status', 8], ['id', 8], ['verdict', 11], ['answer', 4], ['took', 6]],
    },
    { least: 60, columns: [['index', 6], ['event', 15], ['status', 9], ['verdict', 11], ['answer', 4], ['took', 5]] },
    { least: 40, columns: [['index', 6], ['status', 9], ['verdict', 15], ['answer', 4]] },
    { least: 0, columns: [['index', 6], ['verdict', 11], ['answer', 4]] },
  ],
  // The time is from the recording.
  piped: [['index', 3], ['time', 24], ['event', 15], ['status', 9], ['id', 8], ['verdict', 7], ['answer', 4], ['took', 1]],
  texts: {
    index: ({ index }, { width, isPiped }) => (isPiped ? String(index) : String(index).padStart(width)),
    time: timeText,
    event: ({ event, bytes }, { style: { visible } }) => visible(event.type ?? `${bytes} bytes`),
    status: ({ event }, { style: { visible, marks } }) => visible(event.status ?? marks.none),
    id: ({ event: { scheme, id, referenceId } }, { style: { visible, marks } }) =>
      visible((scheme === undefined ? referenceId?.slice(0, 8) : id) ?? marks.none),
    verdict: verdictText,
    answer: ({ answer }, { style: { marks } }) => (answer ? String(answer.status ?? 'none') : marks.none),
    took: ({ answer }) => (answer?.milliseconds === undefined ? '' : spanText(answer.milliseconds)),
  },
  paints: {
    time: (_, { faint }) => faint,
    took: (_, { faint }) => faint,
    status: (_, { strong }) => strong,
    verdict: ({ verdict }, style) => verdictPaint(verdict, style),
    answer: ({ answer }, style) => (answer ? answerPaint(answer, style) : text => text),
  },
}; // prettier-ignore

/** One line of the list. */
export const exchangeLine = (report: ExchangeReport, style: Style): string => tableLine(table, report, style);

/** On a terminal, the local time, as `listen` shows it; with the day if there is space. */
function timeText({ receivedAt }: ExchangeReport, { style: { visible, marks }, width, isPiped }: Cutting): string {
  if (isPiped) return visible(receivedAt ?? marks.none);
  const time = new Date(receivedAt ?? '');
  if (Number.isNaN(time.getTime())) return marks.none;
  return width < 14
    ? clockTime(time)
    : `${twoDigits(time.getMonth() + 1)}-${twoDigits(time.getDate())} ${clockTime(time)}`;
}

function verdictText({ verdict }: ExchangeReport, { style: { visible, marks }, width, isPiped }: Cutting): string {
  if (!verdict) return `${marks.none} unchecked`;
  const { isAccepted, reason } = verdict;
  if (isAccepted === true) return reason === undefined ? `${marks.good} valid` : `${marks.none} unchecked`;
  const isShort = !isPiped && width <= 20 && reason !== undefined && isSignatureReason(reason);
  return `${isAccepted === null ? marks.warning : marks.bad} ${isShort ? shortReasons[reason] : visible(reason ?? '')}`;
}

const verdictPaint = (verdict: ExchangeReport['verdict'], { good, bad, warning, faint }: Style) => {
  if (verdict?.isAccepted === false) return bad;
  if (verdict?.isAccepted === true && verdict.reason === undefined) return good;
  return verdict?.isAccepted === null ? warning : faint;
};
