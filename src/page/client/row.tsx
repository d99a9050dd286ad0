import type { ExchangeReport } from '../../exchange/reports.js';
import { Foreign } from './foreign.js';
import { clockText } from './times.js';
import { kindOf } from '../../exchange/verdict.js';
import { shortOf, signs } from './verdict.js';

interface RowProps {
  report: ExchangeReport;
  /** When the newest request arrived. */
  newest: string | undefined;
  isSelected: boolean;
  /** The position from 1 in the shown list, and the list's length. */
  place: number;
  of: number;
  onOpen: (position: number) => void;
}

export const rowId = (position: number): string => `request-${position}`;

/** The id that a reader looks for: the customer's, or else the event's. */
const idOf = ({ event: { referenceId, id } }: ExchangeReport): string => referenceId ?? id ?? '';

export function Row({ report, newest, isSelected, place, of, onOpen }: RowProps) {
  const { event, answer, index, receivedAt, method } = report;
  const kind = kindOf(report.verdict);
  const status = answer ? String(answer.status ?? 'none') : '–';
  return (
    <div
      id={rowId(index)}
      class="row"
      role="option"
      aria-selected={isSelected}
      aria-posinset={place}
      aria-setsize={of}
      onClick={() => {
        onOpen(index);
      }}
    >
      <span class="time">{clockText(receivedAt, newest)}</span>
      <span class="event">
        <Foreign text={event.type ?? (method ? `${method} ${report.target}` : 'Not a request')} />
      </span>
      <span class="status">
        <Foreign text={event.status ?? ''} />
      </span>
      <span class="id">
        <Foreign text={idOf(report)} />
      </span>
      <span class={`verdict ${kind}`}>
        <span aria-hidden="true">{signs[kind]}</span> <Foreign text={shortOf(report.verdict)} />
      </span>
      <span class={`response ${answerClass(answer?.status)}`}>
        <span class="unseen">response </span>
        {status}
      </span>
    </div>
  );
}

/** `undefined` if the capture doesn't say, null if there was none. */
export const answerClass = (status: number | null | undefined): string => {
  if (status === undefined) return 'unchecked';
  return status !== null && status < 400 ? 'valid' : 'refused';
};
