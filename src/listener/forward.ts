import { createCourier, type Answered, type Courier } from '../delivery/deliver.js';
import type { Failure, FailureReason } from '../delivery/failure.js';
import { onHostOf } from '../delivery/target.js';
import { isWrittenByClient, valuesOf, type Header } from '../http/header.js';
import type { Answer, ReceivedRequest } from './received.js';

/** Hands requests on to the application behind the listener. */
export interface Forwarder {
  url: URL;
  /** What the application said, or why it said nothing, and the answer for the sender. Never throws for either. */
  forward: (request: ReceivedRequest) => Promise<Forwarded>;
  /** Whether a request has come through this forwarder before. */
  isLoop: (request: Pick<ReceivedRequest, 'headers'>) => boolean;
  close: () => Promise<void>;
}

export interface Forwarded {
  outcome: Answered | { failure: Failure; milliseconds: number };
  answer: Answer;
}

interface ForwarderOptions {
  /** Scheme, host and port of the application; its path, too, if it has one, else the request's own is taken. */
  url: URL;
  /** Milliseconds. */
  timeout: number;
  /** Nobody else's: it marks what has passed here. */
  id: string;
}

export function createForwarder({ url, timeout, id }: ForwarderOptions): Forwarder {
  const courier: Courier = createCourier({ timeout });
  const mark = `1.1 webhook-cli-${id}`;
  return {
    url,
    isLoop: ({ headers }) => valuesOf('via', headers).some(value => value.includes(mark)),
    close: courier.close,
    async forward({ method, target, headers, body }) {
      const to = url.pathname === '/' && url.search === '' ? onHostOf(url, target) : url;
      const outcome = await courier.deliver({ method, url: to, headers: [...endToEnd(headers), ['via', mark]], body });
      return { outcome, answer: answerOf(outcome) };
    },
  };
}

/** RFC 9110, 7.6.1: what concerns one connection stays on it. The host is that of the application. */
function endToEnd(headers: readonly Header[]): Header[] {
  const named = valuesOf('connection', headers).flatMap(value => value.toLowerCase().split(/\s*,\s*/));
  return headers.filter(([name]) => {
    const lower = name.toLowerCase();
    return lower !== 'host' && !lower.startsWith('proxy-') && !isWrittenByClient(lower) && !named.includes(lower);
  });
}

const failureStatus = (reason: FailureReason): number => (reason === 'timeout' ? 504 : 502);

function answerOf(outcome: Forwarded['outcome']): Answer {
  if ('failure' in outcome) return { status: failureStatus(outcome.failure.reason) };
  const { status, headers, body, isBodyCut } = outcome.reply;
  // A part of an answer would pass for the whole.
  return isBodyCut ? { status: 502 } : { status, content: { headers: endToEnd(headers), body } };
}
