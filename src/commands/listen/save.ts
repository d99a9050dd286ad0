import type { CaptureStore } from '../../recording/store.js';
import { LocalError } from '../../errors.js';
import type { Forwarded } from '../../receiver/forward.js';
import type { ReceivedRequest } from '../../receiver/received-request.js';
import { withoutSaving, type Judgement } from '../../receiver/assessment.js';
import type { Context } from '../command.js';
import { newId } from '../recording.js';

export interface Saver {
  /** Records a request before it is answered. One that can't be recorded isn't accepted: its sender has to know. */
  save: (request: ReceivedRequest, judgement: Judgement) => Promise<{ judgement: Judgement; id: string }>;
  /** Records what the application answered to the request with this id. */
  saveReply: (request: ReceivedRequest, id: string, outcome: Forwarded['outcome']) => Promise<void>;
}

export function createSaver(store: CaptureStore | undefined, context: Pick<Context, 'warn' | 'clock' | 'now'>): Saver {
  if (!store)
    return { save: (_, judgement) => Promise.resolve({ judgement, id: '' }), saveReply: () => Promise.resolve() };
  const append = async (seq: number, facts: Parameters<CaptureStore['append']>[0]): Promise<boolean> => {
    try {
      await store.append(facts);
      return true;
    } catch (error) {
      if (!(error instanceof LocalError)) throw error;
      context.warn(`request ${seq} could not be recorded: ${error.message}`);
      return false;
    }
  };
  return {
    async save(request, judgement) {
      const id = newId(context.clock);
      const isSaved = await append(request.seq, recordOf(request, judgement, id));
      return { judgement: isSaved ? judgement : withoutSaving(judgement), id };
    },
    async saveReply({ seq }, of, outcome) {
      if ('failure' in outcome) return;
      const { status, headers, body, isBodyCut } = outcome.reply;
      await append(seq, {
        ...{
          kind: 'reply',
          id: newId(context.clock),
          of,
          seq,
          receivedAt: context.now().toISOString(),
          status,
          headers,
          body,
        },
        ...{ complete: !isBodyCut, verdict: { milliseconds: outcome.milliseconds } },
      });
    },
  };
}

const recordOf = (
  { seq, receivedAt, method, target, httpVersion, headers, body, remote, flaw }: ReceivedRequest,
  { status, refusal, signature, event }: Judgement,
  id: string,
): Parameters<CaptureStore['append']>[0] => ({
  ...{ kind: 'request', id, seq, receivedAt: receivedAt.toISOString(), method, target, httpVersion, headers, body },
  ...{ complete: flaw === undefined, remote },
  verdict: {
    status,
    ...(refusal && { refusal }),
    ...(signature && { signature: signature.valid ? 'valid' : signature.reason }),
    ...(event && { schema: event.isEvent ? 'valid' : 'invalid' }),
  },
});
