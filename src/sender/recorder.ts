import { LocalError } from '../errors.js';
import { hasHeader, type Header } from '../http/header.js';
import { targetOf } from '../http/target.js';
import { newId, type Clock } from '../ports.js';
import type { CaptureStore } from '../recording/store.js';
import type { Attempt, DeliveryRequest } from './attempt.js';

/** Records requests and their responses. */
export interface Recorder {
  /** Records a sent request, and its response as a separate record. Resolves to the reason if writing failed. */
  record: (request: DeliveryRequest, seq: number, attempt: Attempt) => Promise<LocalError | undefined>;
  /** Throws LocalError if records were lost. */
  close: () => void;
}

export const createRecorder = (store: CaptureStore, clock: Clock): Recorder => ({
  async record(request, seq, attempt) {
    try {
      await write(request, attempt, { store, clock, seq });
      return undefined;
    } catch (error) {
      if (error instanceof LocalError) return error;
      throw error;
    }
  },
  close: store.close,
});

function write(
  request: DeliveryRequest,
  attempt: Attempt,
  { store, clock, seq }: { store: CaptureStore; clock: Clock; seq: number },
): Promise<unknown> {
  const { method, url, body } = request;
  const id = newId(clock);
  const receivedAt = clock.now().toISOString();
  const sent = store.append({
    kind: 'sent',
    id,
    seq,
    receivedAt,
    method,
    target: targetOf(request),
    httpVersion: '1.1',
    // Written as by the HTTP client: without a host, the record wouldn't show where the request went.
    headers: withHost(request.headers, url),
    body,
    complete: true,
  });
  if ('failure' in attempt) return sent;
  const { reply, milliseconds } = attempt;
  const answered = store.append({
    kind: 'reply',
    id: newId(clock),
    of: id,
    seq,
    receivedAt,
    status: reply.status,
    headers: reply.headers,
    body: reply.body,
    complete: !reply.isBodyCut,
    verdict: { milliseconds },
  });
  return Promise.all([sent, answered]);
}

const withHost = (headers: readonly Header[], { host }: URL): readonly Header[] =>
  hasHeader(headers, 'host') ? headers : [['host', host], ...headers];
