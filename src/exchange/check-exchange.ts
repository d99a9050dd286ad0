import { answeredOf, type Answered } from '../recording/answered.js';
import type { ExchangeEntry, Pairing } from '../recording/exchanges.js';
import type { CheckEntry, Task } from './check-entry.js';
import type { EntryReport, VerificationReport } from './verification.js';

/**
 * The result for one entry of a recording. A response is separate from its request, perhaps in another piece of the
 * recording.
 */
export type Checked =
  | EntryReport
  /** The response to the request with this `id` may come. */
  | { type: 'awaiting'; id: string; report: VerificationReport }
  | { type: 'answer'; of: string; answer: Omit<Answered, 'by'> };

/** Checks an entry. If a receiver responded to the request itself, the report has that response. */
export function checkExchange(entry: ExchangeEntry, check: CheckEntry, task: Task): Checked {
  if (entry.kind === 'answer') {
    const { status, milliseconds } = entry.answer;
    const took = milliseconds === undefined ? {} : { milliseconds };
    return { type: 'answer', of: entry.of, answer: { status: status > 0 ? status : null, ...took } };
  }
  const report = check(entry, task);
  if (report.type === 'damage' || entry.kind !== 'request') return report;
  report.answer = answeredOf(entry.request);
  const { id, request } = entry;
  // Without this sign that a response follows, reports of a stream would wait until it ends.
  const isAwaited = request.wasSent === true || request.verdict?.answeredBy === 'application';
  return isAwaited && id !== undefined ? { type: 'awaiting', id, report } : report;
}

/** Roughly the memory, in bytes, of a report that waits for a response. */
const reportSize = 2048;

export const checkedExchanges: Pairing<Checked, EntryReport, Omit<Answered, 'by'>> = {
  answerIn: checked => (checked.type === 'answer' ? checked : undefined),
  awaitedBy: checked => (checked.type === 'awaiting' ? checked.id : undefined),
  itemOf: checked => (checked.type === 'awaiting' ? checked.report : (checked as EntryReport)),
  sizeOf: () => reportSize,
  pair: (report, answer) => {
    // Changed in place, because large recordings go through here.
    if (report.type === 'verification') report.answer = { ...report.answer, ...answer };
    return report;
  },
};
