import type { Answered, Attempt, DeliveryRequest } from '../../delivery/deliver.js';
import type { Unmet } from '../../delivery/judgement.js';
import type { CommandError } from '../../errors.js';
import type { Algorithm } from '../../signature/algorithms.js';
import type { Context } from '../command.js';
import type { Part } from './flags.js';
import { hintTo } from './hints.js';
import { replyReport, retryReport, sentReport, type DeliveryReport, type Place, type RetryReport } from './reports.js';

/** A request, which of all it is, and where it comes from. */
export interface Outgoing {
  request: DeliveryRequest;
  place: Place;
  source: string;
  /** None: unsigned. */
  algorithm: Algorithm | undefined;
}

/** What isn't as expected, and the number of the attempt. */
interface Judgement {
  unmet: Unmet[];
  tries: number;
}

/** Tells of deliveries while they happen. */
export interface Telling {
  sent: (outgoing: Outgoing) => Promise<void> | undefined;
  answered: (answer: Answered, judgement: Judgement, outgoing: Outgoing) => Promise<void> | undefined;
  retried: (
    failed: Attempt,
    next: Pick<RetryReport, 'attempt' | 'attempts' | 'wait'>,
    outgoing: Outgoing,
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
    sent: ({ request, place, source, algorithm }) =>
      context.report(sentReport(request, { ...place, source, algorithm })),
    answered,
    retried: (failed, next, { place }) => context.report(retryReport(failed, { ...place, ...next })),
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
    answered: (answer, judgement, outgoing) => {
      if (judgement.unmet.length === 0 || !isNews(kindOf(answer, judgement))) return undefined;
      return each.sent(outgoing)?.then(() => each.answered(answer, judgement, outgoing));
    },
    retried: () => undefined,
    failed: error => {
      if (isNews(error.message)) each.failed(error);
    },
  };
}

const kindOf = ({ reply }: Answered, { unmet }: Judgement): string =>
  [reply.status, ...unmet.map(({ what }) => what)].join();

function createAnswerTeller({ show, context }: Means): Telling['answered'] {
  // Hints that were given already: once is enough.
  const hints = new Set<string>();
  return (answer, { unmet, tries }, { request: { body, url }, place }) => {
    const isAboutStatus = unmet.some(({ what }) => what === 'status');
    const hint = isAboutStatus ? hintTo(answer.reply, { bytes: body.length, path: url.pathname }) : undefined;
    const isNews = hint !== undefined && !hints.has(hint);
    if (isNews) hints.add(hint);
    const report = replyReport(answer, { ...place, attempt: tries, unmet, show });
    return context.report({ ...report, ...(isNews && { hint }) }, unmet.length === 0 ? 'positive' : 'negative');
  };
}
