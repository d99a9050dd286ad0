import type { Forwarded, Forwarder } from '../../receiver/forward.js';
import { answerTo, judge, type Judgement, type ReceiverPolicy } from '../../receiver/assessment.js';
import type { ProtocolError, ReceivedRequest, Respond, Response } from '../../receiver/received-request.js';
import { createPrompter, type Script } from '../../receiver/responses.js';
import type { CaptureStore } from '../../recording/store.js';
import type { Context } from '../command.js';
import type { Part } from '../sending/flags.js';
import { createBacklog } from './backlog.js';
import type { Expectation } from './expectation.js';
import { createInvestigator } from './investigate.js';
import { createSaver } from './save.js';
import { forwardReport, requestReport, type ListenReport, type ListenSummaryReport } from './reports.js';

interface ReceptionOptions extends ReceiverPolicy {
  expectation: Expectation;
  /** Where to record; none: nowhere. */
  store: CaptureStore | undefined;
  /** Hands requests on; none: answers come from here. */
  forwarder: Forwarder | undefined;
  forwardUnverified?: boolean;
  respond?: Script;
  /** Milliseconds. */
  respondDelay?: number;
  show?: readonly Part[];
}

export interface Reception {
  respond: Respond;
  onProtocolError: (nonsense: ProtocolError) => void;
  tally: Pick<ListenSummaryReport, 'received' | 'accepted' | 'refused'>;
  /** Aborted when all that was expected has come. */
  met: AbortSignal;
  /** Settles when everything that came is printed. */
  printed: () => Promise<void>;
}

/** Judges, counts and reports what comes in. An answer never waits for its line to be printed. */
export function createReception(
  options: ReceptionOptions,
  context: Pick<Context<ListenReport>, 'report' | 'warn' | 'clock' | 'now'>,
): Reception {
  const { expectation, forwarder, respond: script = [], respondDelay: delay = 0, show = [] } = options;
  const met = new AbortController();
  const backlog = createBacklog(context.report);
  const prompt = createPrompter(script);
  const saver = createSaver(options.store, context);
  const investigate = createInvestigator();
  const { tally, count } = createTally();
  const responseTo = (request: ReceivedRequest, judgement: Judgement, forwarded?: Forwarded): Response => {
    const action = forwarded?.answer ?? (judgement.isAccepted ? prompt() : undefined) ?? answerTo(judgement);
    return {
      action,
      delay: judgement.isAccepted ? delay : 0,
      settled: ({ milliseconds, isGone }) => {
        count(judgement.isAccepted ? 'accepted' : 'refused');
        if (judgement.isAccepted) expectation.see(judgement.event?.json);
        const secrets = options.secrets ?? [];
        const diagnosis = investigate(request, judgement, secrets);
        const facts = { milliseconds, isGone, show, secrets: secrets.length, diagnosis };
        backlog.add(requestReport(request, { ...judgement, action }, facts));
        if (forwarder && forwarded) backlog.add(forwardReport(request, forwarded, { url: forwarder.url, show }));
        if (expectation.isMet()) met.abort();
      },
    };
  };
  return {
    tally,
    met: met.signal,
    printed: backlog.empty,
    respond: async (request, ending) => {
      const { judgement, id } = await saver.save(request, judge(request, options));
      if (!forwarder || !isForwarded(judgement, options)) return responseTo(request, judgement);
      const forwarded = await forwarder.forward(request, ending);
      await saver.saveReply(request, id, forwarded.outcome);
      return responseTo(request, judgement, forwarded);
    },
    onProtocolError: ({ receivedAt, reason, status }) => {
      count('refused');
      backlog.add({ type: 'nonsense', receivedAt: receivedAt.toISOString(), reason, status });
    },
  };
}

function createTally(): { tally: Reception['tally']; count: (outcome: 'accepted' | 'refused') => void } {
  const tally = { received: 0, accepted: 0, refused: 0 };
  const count = (outcome: 'accepted' | 'refused') => {
    tally.received += 1;
    tally[outcome] += 1;
  };
  return { tally, count };
}

/** What was refused never reaches the application; what isn't verified only on demand. */
const isForwarded = ({ refusal, signature }: Judgement, { forwardUnverified = false }: ReceptionOptions): boolean =>
  refusal === undefined && (signature === undefined || signature.valid || forwardUnverified);
