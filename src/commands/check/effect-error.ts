import { durationText } from '../../config/values.js';
import type { ObservationFailure } from '../../conformance/effects/look.js';
import type { Ending } from '../../conformance/ending.js';
import { gotWords } from '../../conformance/words.js';
import type { CaseReport } from '../../conformance/suite-report.js';
import { InputError, systemWords } from '../../errors.js';
import { grouped } from '../../text/words.js';
import { connectionError } from '../sending/connection-error.js';

/** The probe or the restart failed, so the state is unknown. */
export function effectError(
  ending: Extract<Ending, { kind: 'probe-failed' | 'restart-failed' }>,
  timeout: number,
): InputError {
  const subject = ending.kind === 'probe-failed' ? 'the probe' : 'the command of --restart';
  const hint =
    ending.kind === 'probe-failed'
      ? (hints[ending.failure.kind] ?? 'try it on its own, with WEBHOOK_CUSTOMER_ID and WEBHOOK_EVENT_ID set')
      : 'try it on its own: it has to stop the application, start it again, and exit with 0';
  return new InputError(`${subject} ${wordsFor(ending.failure, timeout)}`, { hint });
}

const hints: Partial<Record<ObservationFailure['kind'], string>> = {
  connection: 'start the application it queries',
  status: 'it has to return 2xx, or 404 for an unknown customer',
  'too-long': 'print only the state of one customer',
  unsettled: 'leave out times and anything else that changes on its own, or wait longer with --probe-settle',
};

function wordsFor(failure: ObservationFailure, timeout: number): string {
  switch (failure.kind) {
    case 'not-started':
      return `can't be started: ${systemWords(failure.cause)}`;
    case 'exit':
      return `ended with ${failure.code}${saying(failure.words)}`;
    case 'timeout':
      return `took longer than ${durationText(failure.milliseconds)}`;
    case 'too-long':
      return `printed more than ${grouped(failure.bytes)} bytes`;
    case 'status':
      return `returned ${failure.status}${saying(failure.words)}`;
    case 'connection':
      return `got no response: ${connectionError(failure.failure, { url: failure.url, timeout }).message}`;
    case 'unsettled':
      return `kept changing for ${durationText(failure.milliseconds)}: it printed "${failure.outputs.join('", then "')}"`;
  }
}

const saying = (words: string): string => (words === '' ? '' : `: ${words}`);

/** Hints for a probe that proves nothing. */
export function blindnessHint(reports: readonly CaseReport[]): string | undefined {
  const blind = reports.find(({ because }) => because);
  return blind?.because && `${gotWords(blind)}; ${advice[blind.because]}`;
}

const advice: Record<NonNullable<CaseReport['because']>, string> = {
  'blind-probe': 'does the probe look at the application that received it, and is --probe-settle long enough?',
  'varying-probe': 'leave out times, row numbers and anything else that differs between two customers',
};
