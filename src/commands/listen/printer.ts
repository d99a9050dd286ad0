import { LocalError } from '../../errors.js';
import type { Reporting } from '../../ports.js';
import type { AnsweredEvent, ReceiverSubscriber } from '../../receiver/events.js';
import type { Forwarded } from '../../receiver/forward.js';
import { createInvestigator, type Investigator } from '../../receiver/investigator.js';
import type { ReceivedRequest } from '../../receiver/received-request.js';
import type { Part } from '../sending/flags.js';
import type { Scheme } from '../../scheme/scheme.js';
import type { Secret } from '../../scheme/secret.js';
import { createBacklog } from './backlog.js';
import { forwardReport, protocolErrorReport, requestReport, withDiagnosis } from './reports.js';
import type { ListenReport, ReportOptions } from './reports.js';

interface PrinterOptions {
  /** Parts of each message to report besides its facts. */
  show: readonly Part[];
  scheme: Scheme;
  /** The accepted secrets. Undefined if signatures aren't checked. */
  secrets: readonly Secret[] | undefined;
  /** Secrets that a sender may use by mistake. */
  others: readonly Secret[];
  /** Schemes that a request without a signature may belong to. */
  known: readonly Scheme[];
}

/** Reports a receiver's events. */
export interface Printer extends ReceiverSubscriber {
  /** Resolves when everything so far is printed. */
  printed: () => Promise<void>;
  /** Prints the last request again, with its headers and body. Returns false if there is none. */
  details: () => boolean;
  /** Prints that a request was forwarded again. */
  forwardedAgain: (request: ReceivedRequest, forwarded: Forwarded) => void;
  /** The number of bad signatures that there was no time to explain. */
  unsearched: () => number;
}

/** Responses don't wait for their reports to be printed. */
export function createPrinter(
  { show, scheme, secrets, others, known }: PrinterOptions,
  { report, warn, fail }: Pick<Reporting<ListenReport>, 'report' | 'warn' | 'fail'>,
): Printer {
  const backlog = createBacklog(report, fail);
  const investigator = secrets && createInvestigator(scheme, { secrets, others });
  const options = { show, secrets: secrets?.length ?? 0, scheme, known };
  let last: { event: AnsweredEvent; diagnosis: ReturnType<Investigator['investigate']> } | undefined;
  const add = ({ event, diagnosis }: NonNullable<typeof last>, shown: ReportOptions) => {
    const request = requestReport(event, shown);
    backlog.add(
      request,
      diagnosis?.then(found => withDiagnosis(request, found)),
    );
    if (event.forwarded) backlog.add(forwardReport(event.request, event.forwarded, shown));
  };
  return {
    printed: backlog.empty,
    details() {
      if (last) add(last, { ...options, show: ['headers', 'body'] });
      return last !== undefined;
    },
    forwardedAgain: (request, forwarded) => {
      backlog.add(forwardReport(request, forwarded, options));
    },
    unsearched: () => investigator?.unsearched() ?? 0,
    answered(event) {
      last = { event, diagnosis: investigator?.investigate(event) };
      add(last, options);
    },
    'protocol-error': ({ error }) => {
      backlog.add(protocolErrorReport(error));
    },
    unrecorded({ request: { seq }, error }) {
      if (!(error instanceof LocalError)) throw error;
      warn(`request ${seq} could not be recorded: ${error.message}`);
    },
  };
}
