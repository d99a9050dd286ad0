import type { CommandError } from '../../errors.js';
import { hasHeader } from '../../http/header.js';
import type { Reporting } from '../../ports.js';
import type { Algorithm } from '../../scheme/definition.js';
import type { Scheme } from '../../scheme/scheme.js';
import type { AnsweredEvent, PlannedDelivery, SenderSubscriber } from '../../sender/events.js';
import { connectionError } from './connection-error.js';
import type { Part } from './flags.js';
import { hintTo } from './reply-hints.js';
import { replyReport, retryReport, sentReport, type DeliveryNumber, type DeliveryReport } from './reports.js';

/** Facts that apply to all deliveries of a batch. */
interface Reported {
  show: readonly Part[];
  scheme: Scheme;
  /** Undefined if requests are unsigned. */
  algorithm: Algorithm | undefined;
  /** The number of deliveries; undefined if reports don't show it. */
  asked: number | undefined;
}

/** Reports every delivery, step by step. */
export function reportEach(reported: Reported, reporting: Reporting<DeliveryReport>) {
  const { scheme, algorithm } = reported;
  return {
    sending: ({ delivery }) => {
      const { source, plan } = delivery;
      return reporting.report(sentReport(plan, { ...numberOf(delivery, reported), source, scheme, algorithm }));
    },
    answered: createReplyReporter(reported, reporting),
    retrying: ({ delivery, because, attempt, attempts, wait }) =>
      reporting.report(retryReport(because, { ...numberOf(delivery, reported), attempt, attempts, wait })),
    'wait-refused': () => {
      reporting.warn("the receiver's Retry-After is longer than --max-wait allows");
      return undefined;
    },
    failed: event => {
      reporting.fail(connectionError(event.failure, event));
      return undefined;
    },
    unrecorded: ({ error }) => {
      reporting.fail(error);
      return undefined;
    },
    unsendable: ({ error }) => {
      reporting.fail(error);
      return undefined;
    },
  } satisfies SenderSubscriber;
}

/** Reports only the first of each kind of problem: each status, unmet expectation and failure. */
export function reportFirstOfEachKind(reported: Reported, reporting: Reporting<DeliveryReport>): SenderSubscriber {
  const kinds = new Set<string>();
  const isNew = (kind: string): boolean => kinds.size < kinds.add(kind).size;
  const each = reportEach(reported, reporting);
  const failOnce = (error: CommandError): void => {
    if (isNew(error.message)) reporting.fail(error);
  };
  return {
    answered: async event => {
      if (!isFailure(event) || !isNew(kindOf(event))) return;
      await each.sending({ type: 'sending', delivery: event.delivery });
      await each.answered(event);
    },
    'wait-refused': () => {
      if (isNew('wait refused')) each['wait-refused']();
      return undefined;
    },
    failed: event => {
      failOnce(connectionError(event.failure, event));
      return undefined;
    },
    unrecorded: ({ error }) => {
      failOnce(error);
      return undefined;
    },
    unsendable: ({ error }) => {
      failOnce(error);
      return undefined;
    },
  };
}

const numberOf = ({ seq }: PlannedDelivery, { asked }: Reported): DeliveryNumber =>
  asked === undefined ? { seq } : { seq, asked };

/** A response isn't a failure if another attempt follows. */
const isFailure = ({ unmet, isRetried }: AnsweredEvent): boolean => unmet.length > 0 && !isRetried;

const kindOf = ({ answer, unmet }: AnsweredEvent): string =>
  [answer.reply.status, ...unmet.map(({ what }) => what)].join();

function createReplyReporter(
  reported: Reported,
  reporting: Reporting<DeliveryReport>,
): (event: AnsweredEvent) => Promise<void> {
  // Give each hint once.
  const hints = new Set<string>();
  return event => {
    const { delivery, answer, unmet, attempt, isRetried } = event;
    const hint = hintAfter(event, reported);
    const isNew = hint !== undefined && !hints.has(hint);
    if (isNew) hints.add(hint);
    const facts = { ...numberOf(delivery, reported), attempt, unmet, show: reported.show };
    const extra = { ...(isRetried && { isRetried }), ...(isNew && { hint }) };
    return reporting.report({ ...replyReport(answer, facts), ...extra }, isFailure(event) ? 'negative' : 'positive');
  };
}

function hintAfter(
  { delivery: { plan }, answer, unmet, isRetried }: AnsweredEvent,
  { scheme, algorithm }: Reported,
): string | undefined {
  if (isRetried || !unmet.some(({ what }) => what === 'status')) return undefined;
  // If we didn't sign it, the request may carry its own signature.
  const isUnsigned = algorithm === undefined && !scheme.headers.some(name => hasHeader(plan.headers, name));
  const signature = isUnsigned ? 'none' : algorithm;
  return hintTo(answer.reply, { bytes: plan.body.length, path: plan.url.pathname, signature, scheme });
}
