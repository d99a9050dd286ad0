import type { Answered, Attempt } from '../../delivery/deliver.js';
import type { Unmet } from '../../delivery/judgement.js';
import type { CommandError } from '../../errors.js';
import type { Algorithm } from '../../signature/algorithms.js';
import type { Context } from '../command.js';
import type { Part } from './flags.js';
import { hintTo } from './hints.js';
import type { Sent } from './record.js';
import { replyReport, retryReport, sentReport, type DeliveryReport, type Place, type RetryReport } from './reports.js';

/** A request, and where it comes from. */
export interface Outgoing extends Sent {
  source: string;
  /** None: unsigned. */
  algorithm: Algorithm | undefined;
}

/** Answers come with what isn't as expected, and with the number of their attempt. */
export type Judged = Answered & { unmet: Unmet[]; tries: number };

/** Tells of deliveries while they happen. */
export interface Telling {
  sent: (request: Outgoing) => Promise<void> | undefined;
  answered: (reply: Judged, request: Outgoing) => Promise<void> | undefined;
  retried: (
    failed: Attempt,
    next: Pick<RetryReport, 'attempt' | 'attempts' | 'wait'>,
    request: Outgoing,
  ) => Promise<void> | undefined;
  failed: (error: CommandError) => void;
}

interface Means {
  show: readonly Part[];
  context: Context<DeliveryReport>;
}

/** Tells of each of them, step by step. */
export function tellAll({ show, context }: Means): Telling {
  const answered = createAnswerTeller({ show, context });
  return {
    sent: request => context.report(sentReport(request, { ...placeOf(request), ...request })),
    answered,
    retried: (failed, next, request) => context.report(retryReport(failed, { ...placeOf(request), ...next })),
    failed: context.fail,
  };
}

/** Of thousands, tells of the first one of each kind that goes wrong: a status, something that isn't as expected, a failure. */
export function tellFirstOfEachKind({ show, context }: Means): Telling {
  const kinds = new Set<string>();
  const isNews = (kind: string): boolean => kinds.size < kinds.add(kind).size;
  const each = tellAll({ show, context });
  return {
    sent: () => undefined,
    answered: (reply, request) => {
      if (reply.unmet.length === 0 || !isNews(kindOf(reply))) return undefined;
      return each.sent(request)?.then(() => each.answered(reply, request));
    },
    retried: () => undefined,
    failed: error => {
      if (isNews(error.message)) each.failed(error);
    },
  };
}

const kindOf = ({ reply, unmet }: Judged): string => [reply.status, ...unmet.map(({ what }) => what)].join();

function createAnswerTeller({ show, context }: Means): Telling['answered'] {
  // Hints that were given already: once is enough.
  const hints = new Set<string>();
  return ({ unmet, tries, ...answer }, request) => {
    const { body, url } = request;
    const isAboutStatus = unmet.some(({ what }) => what === 'status');
    const hint = isAboutStatus ? hintTo(answer.reply, { bytes: body.length, path: url.pathname }) : undefined;
    const isNews = hint !== undefined && !hints.has(hint);
    if (isNews) hints.add(hint);
    const report = replyReport(answer, { ...placeOf(request), attempt: tries, unmet, show });
    return context.report({ ...report, ...(isNews && { hint }) }, unmet.length === 0 ? 'positive' : 'negative');
  };
}

const placeOf = ({ seq, asked }: Place): Place => ({ seq, ...(asked !== undefined && { asked }) });
