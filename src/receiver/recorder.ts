import { newId, type Clock } from '../ports.js';
import type { RecordFacts } from '../recording/record.js';
import type { AnsweredBy } from '../recording/captured-request.js';
import type { CaptureStore } from '../recording/store.js';
import type { Answered } from '../sender/http-client.js';
import type { Assessment } from './assessment.js';
import type { ReceivedRequest } from './received-request.js';

/** Records a receiver's requests. The receiver waits for it, so that no acknowledged request is lost. */
export interface Recorder {
  /** Resolves to the id of the record once it is written. If it rejects, the request is refused. */
  recordRequest: (request: ReceivedRequest, assessment: Assessment, answeredBy: AnsweredBy) => Promise<string>;
  /** Records the application's response to the request whose record has this id. */
  recordReply: (request: ReceivedRequest, id: string, answered: Answered) => Promise<void>;
}

/** Returns a recorder that writes to a recording. It rejects with LocalError if writing fails. */
export const createRecorder = (store: CaptureStore, clock: Clock): Recorder => ({
  recordRequest(request, assessment, answeredBy) {
    const id = newId(clock);
    return store.append(requestFacts(request, { assessment, answeredBy }, id)).then(() => id);
  },
  recordReply: ({ seq }, of, { reply: { status, headers, body, isBodyCut }, milliseconds }) =>
    store.append({
      kind: 'reply',
      id: newId(clock),
      of,
      seq,
      receivedAt: clock.now().toISOString(),
      status,
      headers,
      body,
      complete: !isBodyCut,
      verdict: { milliseconds },
    }),
});

const requestFacts = (
  { seq, receivedAt, method, target, httpVersion, headers, body, remote, flaw }: ReceivedRequest,
  { assessment: { status, refusal, signature, event }, answeredBy }: { assessment: Assessment; answeredBy: AnsweredBy },
  id: string,
): RecordFacts => ({
  kind: 'request',
  id,
  seq,
  receivedAt: receivedAt.toISOString(),
  method,
  target,
  httpVersion,
  headers,
  body,
  complete: flaw === undefined,
  remote,
  verdict: {
    status,
    ...(refusal && { refusal }),
    ...(signature && { signature: signature.valid ? 'valid' : signature.reason }),
    ...(event && { schema: event.isEvent ? 'valid' : 'invalid' }),
    answeredBy,
  },
});
