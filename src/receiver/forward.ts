import { createHttpClient, type Answered, type HttpClient } from '../sender/http-client.js';
import type { Failure, FailureReason } from '../sender/failure.js';
import { isWrittenByClient, valuesOf, type Header } from '../http/header.js';
import { originForm } from '../http/target.js';
import type { Answer, ReceivedRequest } from './received-request.js';
import { defaultPreset } from '../scheme/presets/index.js';
import { headersOf } from '../scheme/definition.js';

/** Hands requests on to the application behind the listener. */
export interface Forwarder {
  url: URL;
  /** What the application said, or why it said nothing, and the answer for the sender. Never throws for either. Waits no longer than until `ending` is aborted. */
  forward: (request: ReceivedRequest, ending: AbortSignal) => Promise<Forwarded>;
  /** Whether the application can be asked for what the request asks for: `*` is no place on it. */
  canTake: (request: Pick<ReceivedRequest, 'target'>) => boolean;
  /** Whether a request has come through this forwarder before. */
  isLoop: (request: Pick<ReceivedRequest, 'headers'>) => boolean;
  close: () => Promise<void>;
}

export interface Forwarded {
  outcome: Answered | { failure: Pick<Failure, 'cause'> & { reason: ForwardFailureReason }; milliseconds: number };
  answer: Answer;
}

/** `stopped`: the listener ended before the application had answered. */
export type ForwardFailureReason = FailureReason | 'stopped';

interface ForwarderOptions {
  /** Scheme, host and port of the application; its path, too, if it has one, else the request's own is taken. */
  url: URL;
  /** Milliseconds. */
  timeout: number;
  /** Nobody else's: it marks what has passed here. */
  id: string;
}

export function createForwarder({ url, timeout, id }: ForwarderOptions): Forwarder {
  const client: HttpClient = createHttpClient({ timeout });
  const mark = `1.1 webhook-cli-${id}`;
  const isWhole = url.pathname !== '/' || url.search !== '';
  return {
    url,
    isLoop: ({ headers }) => valuesOf('via', headers).some(value => value.includes(mark)),
    canTake: ({ target }) => isWhole || originForm(target).startsWith('/'),
    close: client.close,
    async forward({ method, target, headers, body }, ending) {
      const start = performance.now();
      const place = isWhole ? { url } : { url, target: originForm(target) };
      const request = { ...place, method, headers: [...endToEnd(headers), ['via', mark] as const], body };
      const outcome = await client.deliver(request, ending).catch((cause: unknown): Forwarded['outcome'] => {
        if (!ending.aborted) throw cause;
        return { failure: { reason: 'stopped', cause }, milliseconds: Math.round(performance.now() - start) };
      });
      return { outcome, answer: answerOf(outcome) };
    },
  };
}

/** RFC 9110, 7.6.1: what concerns one connection stays on it. The host is that of the application. */
function endToEnd(headers: readonly Header[]): Header[] {
  const named = valuesOf('connection', headers)
    .flatMap(value => value.toLowerCase().split(','))
    .map(name => name.trim())
    .filter(name => !ofSignature.includes(name));
  return headers.filter(([name]) => {
    const lower = name.toLowerCase();
    return lower !== 'host' && !lower.startsWith('proxy-') && !isWrittenByClient(lower) && !named.includes(lower);
  });
}

/** A sender that could have these taken away would bring an unsigned request in after it was verified. */
const ofSignature: readonly string[] = headersOf(defaultPreset);

const failureStatus = (reason: ForwardFailureReason): number => (['timeout', 'stopped'].includes(reason) ? 504 : 502);

function answerOf(outcome: Forwarded['outcome']): Answer {
  if ('failure' in outcome) return { status: failureStatus(outcome.failure.reason) };
  const { status, headers, body, isBodyCut } = outcome.reply;
  // A part of an answer would pass for the whole.
  return isBodyCut ? { status: 502 } : { status, content: { headers: endToEnd(headers), body } };
}
