import type { Answered, Attempt, DeliveryRequest } from '../../sender/http-client.js';
import type { Unmet } from '../../sender/expectation.js';
import type { CommandError } from '../../errors.js';
import type { Context } from '../command.js';
import type { Part } from './flags.js';
import { hintTo } from './hints.js';
import { replyReport, retryReport, sentReport, type DeliveryReport, type Place, type RetryReport } from './reports.js';
import type { Algorithm } from '../../scheme/definition.js';

/** A request, which of all it is, and where it comes from. */
export interface Outgoing {
  request: DeliveryRequest;
  place: Place;
  source: string;
  /** None: unsigned. */
  algorithm: Algorithm | undefined;
  /** When it should begin, on the clock of `performance`; none: now. */
  due: number | undefined;
}

/** What isn't as expected, the number of the attempt, and whether another one follows. */
interface Judgement {
  unmet: Unmet[];
  tries: number;
  isRetried: boolean;
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
  /** There is no other attempt, for the receiver asks for more patience than the user has. */
  waitRefused: () => void;
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
    waitRefused: () => {
      context.warn('the receiver asks for a longer wait than --max-wait allows');
    },
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
      if (!isFailure(judgement) || !isNews(kindOf(answer, judgement))) return undefined;
      return each.sent(outgoing)?.then(() => each.answered(answer, judgement, outgoing));
    },
    retried: () => undefined,
    waitRefused: () => {
      if (isNews('wait refused')) each.waitRefused();
    },
    failed: error => {
      if (isNews(error.message)) each.failed(error);
    },
  };
}

/** What another attempt may mend is none yet. */
const isFailure = ({ unmet, isRetried }: Judgement): boolean => unmet.length > 0 && !isRetried;

const kindOf = ({ reply }: Answered, { unmet }: Judgement): string =>
  [reply.status, ...unmet.map(({ what }) => what)].join();

function createAnswerTeller({ show, context }: Means): Telling['answered'] {
  // Hints that were given already: once is enough.
  const hints = new Set<string>();
  return (answer, judgement, { request: { body, url }, place }) => {
    const { unmet, tries, isRetried } = judgement;
    const isAboutStatus = !isRetried && unmet.some(({ what }) => what === 'status');
    const hint = isAboutStatus ? hintTo(answer.reply, { bytes: body.length, path: url.pathname }) : undefined;
    const isNews = hint !== undefined && !hints.has(hint);
    if (isNews) hints.add(hint);
    const report = replyReport(answer, { ...place, attempt: tries, unmet, show });
    const extra = { ...(isRetried && { isRetried }), ...(isNews && { hint }) };
    return context.report({ ...report, ...extra }, isFailure(judgement) ? 'negative' : 'positive');
  };
}
