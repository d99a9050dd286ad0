import { answerTo, judge, type ReceiverPolicy } from '../../listener/receiver.js';
import type { Nonsense, Respond } from '../../listener/received.js';
import { createPrompter, type Script } from '../../listener/script.js';
import type { Context } from '../command.js';
import type { Part } from '../delivery/flags.js';
import { createBacklog } from './backlog.js';
import type { Expectation } from './expectation.js';
import { requestReport, type ListenReport, type ListenSummaryReport } from './reports.js';

interface ReceptionOptions extends ReceiverPolicy {
  expectation: Expectation;
  respond?: Script;
  /** Milliseconds. */
  respondDelay?: number;
  show?: readonly Part[];
}

export interface Reception {
  respond: Respond;
  onNonsense: (nonsense: Nonsense) => void;
  tally: Pick<ListenSummaryReport, 'received' | 'accepted' | 'refused'>;
  /** Aborted when all that was expected has come. */
  met: AbortSignal;
  /** Settles when everything that came is printed. */
  printed: () => Promise<void>;
}

/** Judges, counts and reports what comes in. An answer never waits for its line to be printed. */
export function createReception(
  options: ReceptionOptions,
  { report }: Pick<Context<ListenReport>, 'report'>,
): Reception {
  const { expectation, respond: script = [], respondDelay: delay = 0, show = [] } = options;
  const met = new AbortController();
  const tally: Reception['tally'] = { received: 0, accepted: 0, refused: 0 };
  const backlog = createBacklog(report);
  const prompt = createPrompter(script);
  const count = (outcome: 'accepted' | 'refused') => {
    tally.received += 1;
    tally[outcome] += 1;
  };
  return {
    tally,
    met: met.signal,
    printed: backlog.empty,
    respond: request => {
      const judgement = judge(request, options);
      const action = (judgement.isAccepted ? prompt() : undefined) ?? answerTo(judgement);
      return {
        action,
        delay: judgement.isAccepted ? delay : 0,
        settled: milliseconds => {
          count(judgement.isAccepted ? 'accepted' : 'refused');
          if (judgement.isAccepted) expectation.see(judgement.event?.json);
          backlog.add(
            requestReport(
              request,
              { ...judgement, action },
              { milliseconds, show, secrets: options.secrets?.length ?? 0 },
            ),
          );
          if (expectation.isMet()) met.abort();
        },
      };
    },
    onNonsense: ({ receivedAt, reason, status }) => {
      count('refused');
      backlog.add({ type: 'nonsense', receivedAt: receivedAt.toISOString(), reason, status });
    },
  };
}
