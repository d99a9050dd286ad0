import type { Style } from '../../contract/command.js';
import { fit } from '../../text/line.js';
import type { Answered } from '../../recording/answered.js';
import type { ExchangeReport } from '../../exchange/reports.js';

type Column = 'index' | 'time' | 'event' | 'status' | 'id' | 'verdict' | 'answer' | 'took';

/** What is shown on a terminal of at least this width. The widths depend on nothing else, so that no line shifts. */
interface Layout {
  least: number;
  columns: readonly (readonly [Column, width: number])[];
}

const layouts: readonly Layout[] = [
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
]; // prettier-ignore

/** Where nobody watches, nothing is cut, and the time is that of the recording. */
const piped: Layout['columns'] = [['index', 3], ['time', 24], ['event', 15], ['status', 9], ['id', 8], ['verdict', 7], ['answer', 4], ['took', 1]]; // prettier-ignore

/** One line of the list. */
export function exchangeLine(report: ExchangeReport, style: Style): string {
  const isPiped = !Number.isFinite(style.columns);
  const columns = isPiped ? piped : (layouts.find(({ least }) => least <= style.columns)?.columns ?? []);
  const cells = columns.map(([column, width]) => {
    const text = texts[column](report, { style, width, isPiped });
    const shown = isPiped && text.length >= width ? text : fit(text, width, style.marks.cut);
    return paint(column, report, style)(shown);
  });
  return cells.join('  ').trimEnd();
}

interface Cutting {
  style: Style;
  width: number;
  isPiped: boolean;
}

const texts: Record<Column, (report: ExchangeReport, cutting: Cutting) => string> = {
  index: ({ index }, { width, isPiped }) => (isPiped ? String(index) : String(index).padStart(width)),
  time: timeText,
  event: ({ event, bytes }, { style: { visible } }) => visible(event.type ?? `${bytes} bytes`),
  status: ({ event }, { style: { visible, marks } }) => visible(event.status ?? marks.none),
  id: ({ event: { scheme, id, referenceId } }, { style: { visible, marks } }) =>
    visible((scheme === undefined ? referenceId?.slice(0, 8) : id) ?? marks.none),
  verdict: verdictText,
  answer: ({ answer }, { style: { marks } }) => (answer ? String(answer.status ?? 'none') : marks.none),
  took: ({ answer }) => (answer?.milliseconds === undefined ? '' : spanText(answer.milliseconds)),
};

/** On a terminal, the local time, as `listen` shows it; with the day where there is space. */
function timeText({ receivedAt }: ExchangeReport, { style: { visible, marks }, width, isPiped }: Cutting): string {
  if (isPiped) return visible(receivedAt ?? marks.none);
  const time = new Date(receivedAt ?? '');
  if (Number.isNaN(time.getTime())) return marks.none;
  const two = (number: number) => String(number).padStart(2, '0');
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':');
  return width < 14 ? clock : `${two(time.getMonth() + 1)}-${two(time.getDate())} ${clock}`;
}

/** What is wrong with a signature is worded without that word where space is short. */
function verdictText({ verdict }: ExchangeReport, { style: { visible, marks }, width, isPiped }: Cutting): string {
  if (!verdict) return `${marks.none} unchecked`;
  const { isAccepted, reason } = verdict;
  if (isAccepted === true) return reason === undefined ? `${marks.good} valid` : `${marks.none} unchecked`;
  const words = visible(reason ?? '');
  const short = isPiped || width > 20 ? words : words.replace(/^signature-/, '');
  return `${isAccepted === null ? marks.warning : marks.bad} ${short}`;
}

/** `12 ms`, `1.2 s`, `85 s`: six columns at most. */
function spanText(milliseconds: number): string {
  const whole = Math.round(milliseconds);
  if (whole < 1000) return `${whole} ms`;
  return whole < 100_000 ? `${(whole / 1000).toFixed(1)} s` : `${Math.min(9999, Math.round(whole / 1000))} s`;
}

function paint(column: Column, { verdict, answer }: ExchangeReport, style: Style): (text: string) => string {
  if (column === 'time' || column === 'took') return style.faint;
  if (column === 'status') return style.strong;
  if (column === 'verdict') return verdictPaint(verdict, style);
  return column === 'answer' && answer ? answerPaint(answer, style) : text => text;
}

const verdictPaint = (verdict: ExchangeReport['verdict'], { good, bad, warning, faint }: Style) => {
  if (verdict?.isAccepted === false) return bad;
  if (verdict?.isAccepted === true && verdict.reason === undefined) return good;
  return verdict?.isAccepted === null ? warning : faint;
};

export const answerPaint = ({ status }: Answered, { good, bad }: Style): ((text: string) => string) =>
  status !== null && status < 400 ? good : bad;
