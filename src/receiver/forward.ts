import { createHttpClient, type Answered, type HttpClient } from '../sender/http-client.js';
import type { Failure, FailureReason } from '../sender/failure.js';
import { isWrittenByClient, valuesOf, type Header } from '../http/header.js';
import { originForm } from '../http/target.js';
import type { Scheme } from '../scheme/scheme.js';
import type { ReceivedRequest } from './received-request.js';
import type { Answer } from './responses.js';

/** Forwards requests to the application behind the receiver. */
export interface Forwarder {
  /**
   * Settles when the application has answered, or won't; neither is an error. Once `ending` is aborted, it doesn't wait any
   * longer.
   */
  forward: (request: ReceivedRequest, ending: AbortSignal) => Promise<Forwarded>;
  /** Whether the request's target exists on the application at all, which `*` doesn't. */
  canTake: (request: Pick<ReceivedRequest, 'target'>) => boolean;
  /** Whether a request has come through this forwarder before. */
  isLoop: (request: Pick<ReceivedRequest, 'headers'>) => boolean;
  close: () => Promise<void>;
}

export interface Forwarded {
  /** That of the application, as it was given. */
  url: URL;
  /** The application's reply, or why there is none. */
  outcome: Answered | { failure: Pick<Failure, 'cause'> & { reason: ForwardFailureReason }; milliseconds: number };
  /** For the sender. */
  answer: Answer;
}

/** `stopped`: the receiver was closed before the application had answered. `not-sendable`: the HTTP client refuses the request. */
export type ForwardFailureReason = FailureReason | 'stopped' | 'not-sendable';

interface ForwarderOptions {
  /** Of the application. If it has a path or a query, all requests go there; otherwise, each keeps its own target. */
  url: URL;
  /** Milliseconds for each request. */
  timeout: number;
  /** Unique to this forwarder: it marks the requests that have passed through it. */
  id: string;
  /** A sender can't have its signature's headers removed. */
  scheme: Pick<Scheme, 'headers'>;
}

export function createForwarder({ url, timeout, id, scheme }: ForwarderOptions): Forwarder {
  const client: HttpClient = createHttpClient({ timeout });
  const mark = `1.1 webhook-cli-${id}`;
  const isWhole = url.pathname !== '/' || url.search !== '';
  return {
    isLoop: ({ headers }) => valuesOf('via', headers).some(value => value.includes(mark)),
    canTake: ({ target }) => isWhole || originForm(target).startsWith('/'),
    close: client.close,
    async forward({ method, target, headers, body }, ending) {
      const start = performance.now();
      const place = isWhole ? { url } : { url, target: originForm(target) };
      const request = {
        ...place,
        method,
        headers: [...endToEnd(headers, scheme.headers), ['via', mark] as const],
        body,
      };
      const outcome = await client.deliver(request, ending).catch((cause: unknown): Forwarded['outcome'] => {
        // It would end the listener, which serves others as well.
        const reason = ending.aborted ? 'stopped' : 'not-sendable';
        return { failure: { reason, cause }, milliseconds: Math.round(performance.now() - start) };
      });
      return { url, outcome, answer: answerOf(outcome, scheme.headers) };
    },
  };
}

/**
 * Leaves out the headers that concern one connection (RFC 9110, 7.6.1), and the host, which is the application's. A sender
 * can't name `kept` headers as its connection's own: without a signature, a request would go in unsigned after it was verified.
 */
function endToEnd(headers: readonly Header[], kept: readonly string[]): Header[] {
  const named = valuesOf('connection', headers)
    .flatMap(value => value.toLowerCase().split(','))
    .map(name => name.trim())
    .filter(name => !kept.includes(name));
  return headers.filter(([name]) => {
    const lower = name.toLowerCase();
    return lower !== 'host' && !lower.startsWith('proxy-') && !isWrittenByClient(lower) && !named.includes(lower);
  });
}

const failureStatus = (reason: ForwardFailureReason): number => (['timeout', 'stopped'].includes(reason) ? 504 : 502);

function answerOf(outcome: Forwarded['outcome'], kept: readonly string[]): Answer {
  if ('failure' in outcome) return { status: failureStatus(outcome.failure.reason) };
  const { status, headers, body, isBodyCut } = outcome.reply;
  // The sender would take a part of an answer for the whole.
  return isBodyCut ? { status: 502 } : { status, content: { headers: endToEnd(headers, kept), body } };
}
