import type { CaptureStore } from '../../recording/store.js';
import type { Attempt, DeliveryRequest } from '../../sender/http-client.js';
import { targetOf } from '../../http/target.js';
import { LocalError } from '../../errors.js';
import type { Header } from '../../http/header.js';
import type { Context } from '../command.js';
import { newId } from '../recording.js';
import type { Place } from './reports.js';

/** Records a request once it was sent, and its answer as a record of its own. Settles with what kept it from being written. */
export function createRecorder(
  store: CaptureStore | undefined,
  context: Pick<Context, 'clock' | 'now'>,
): (request: DeliveryRequest, place: Place, attempt: Attempt) => Promise<LocalError | undefined> | undefined {
  if (!store) return () => undefined;
  return (request, { seq }, attempt) => {
    const { method, url, body } = request;
    // As the HTTP client writes it: without it, nobody could tell where the request went.
    const headers = withHost(request.headers, url);
    const [id, receivedAt] = [newId(context.clock), context.now().toISOString()];
    const common = { seq, receivedAt };
    const target = targetOf(request);
    const sent = store.append({
      ...{ ...common, kind: 'sent', id, method, target, httpVersion: '1.1', headers, body, complete: true },
    });
    if ('failure' in attempt) return sent.then(nothing, lossOf);
    const { reply, milliseconds } = attempt;
    const answered = store.append({
      ...{ ...common, kind: 'reply', id: newId(context.clock), of: id, status: reply.status, headers: reply.headers },
      ...{ body: reply.body, complete: !reply.isBodyCut, verdict: { milliseconds } },
    });
    return Promise.all([sent, answered]).then(nothing, lossOf);
  };
}

const withHost = (headers: readonly Header[], { host }: URL): readonly Header[] =>
  headers.some(([name]) => name.toLowerCase() === 'host') ? headers : [['host', host], ...headers];

const nothing = (): undefined => undefined;

function lossOf(error: unknown): LocalError {
  if (error instanceof LocalError) return error;
  throw error;
}
