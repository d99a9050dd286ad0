import { setFlagsFromString } from 'node:v8';
import { Client, type Dispatcher } from 'undici';
import { pairsOf, type Header } from '../../http/header.js';
import { targetOf } from '../../http/target.js';
import type { DeliveryRequest, Reply } from '../attempt.js';
import { isSecureError } from './connector.js';
import { ProxyError, type Proxied, type Route } from '../route.js';
import { failureOf, type Failure, type ReasonTable } from '../failure.js';
import { flawIn } from './flaw.js';
import { skipContinue } from './interim.js';
import { framed } from '../transfer.js';

// Without this, Node 20 waits 100 ms before it exits, because V8 optimises undici's parser.
// eslint-disable-next-line no-restricted-globals -- this isn't input, but a fact about what runs the program
if (process.versions.node.startsWith('20.')) setFlagsFromString('--liftoff-only');

/** The outcome of one request. */
export type Outcome = { reply: Reply } | { failure: Failure };

interface ExchangeOptions {
  /** Milliseconds, for all of it: connecting, headers and body. */
  timeout: number;
  /** Aborted when the response is no longer wanted. */
  signal: AbortSignal | undefined;
  /** Whether the connection ends with this request. */
  isLast: boolean;
}

/** A connection to one origin, which carries one request at a time. The first request opens it. */
export class Connection {
  private readonly client: Client;
  private readonly route: Route | undefined;

  /** `route` is the route of the options' connector. */
  constructor(origin: string, { options, route }: { options: Client.Options; route: Route | undefined }) {
    this.client = new Client(origin, options);
    this.route = route;
    skipContinue(this.client);
  }

  /** Sends a request. Rejects for an invalid request, which is a bug, and with the signal's reason. */
  exchange(request: DeliveryRequest, options: ExchangeOptions): Promise<Outcome> {
    const { route } = this;
    const outcome = new Promise<Outcome>((resolve, reject) => {
      const exchange = new Exchange(options, { resolve, reject });
      this.client.dispatch(dispatchOptions(request, options.isLast, forwarderOf(route, request.url)), exchange);
      exchange.isAccepted = true;
    });
    return route ? outcome.then(known => withRoute(known, route, request.url)) : outcome;
  }

  destroy(): Promise<void> {
    return this.client.destroy();
  }
}

/** The proxy that forwards requests to a receiver on http. For https, it only makes a tunnel and sees no requests. */
const forwarderOf = (route: Route | undefined, { protocol }: URL): Proxied | undefined =>
  route?.kind === 'proxy' && protocol === 'http:' ? route : undefined;

/** Adds the route to a failure. A proxy's demand for credentials isn't a response from the receiver. */
function withRoute(outcome: Outcome, route: Route, receiver: URL): Outcome {
  if ('failure' in outcome) return { failure: { ...outcome.failure, route } };
  const { status } = outcome.reply;
  if (status !== 407 || !forwarderOf(route, receiver)) return outcome;
  return { failure: { reason: 'proxy', cause: new ProxyError({ status }), route } };
}

function dispatchOptions(
  request: DeliveryRequest,
  reset: boolean,
  forwarder: Proxied | undefined,
): Dispatcher.DispatchOptions {
  const { method, headers, transfer } = request;
  const { body, headers: framing } = framed(request.body, transfer);
  const flat: string[] = [];
  for (const [name, value] of headers) flat.push(name, value);
  for (const [name, value] of framing) flat.push(name, value);
  if (forwarder?.authorization !== undefined) flat.push('proxy-authorization', forwarder.authorization);
  // A proxy takes the whole URL; otherwise only the path is sent.
  const path = forwarder ? request.url.origin + targetOf(request) : targetOf(request);
  return { path, method, headers: flat, body, reset };
}

/** Settles once: when the response is complete, or when there won't be one. */
interface Settlement {
  resolve: (outcome: Outcome) => void;
  reject: (reason: unknown) => void;
}

/** Undici's control of a request. */
interface Controller {
  rawHeaders?: unknown;
  abort: (reason: Error) => void;
}

/** In bytes. Expectations need no more of a response. */
const keptBody = 1024 * 1024;

const nothing = Buffer.alloc(0);

const abandoned = new Error('Nobody waits for the response any more.');

/** The parser's errors have a name but no code, and a status like 000 fails an assertion of undici's. */
const undiciReasons: ReasonTable = [
  [/^UND_ERR_SOCKET$/, 'reset'],
  [/^UND_ERR_\w+_TIMEOUT$/, 'timeout'],
  [/^HPE_|^HTTPParserError$|^ERR_ASSERTION$|^UND_ERR_(?:RES_|RESPONSE|HEADERS_OVERFLOW)/, 'not-http'],
];

/** Finds the reason for an error that undici reported after it had accepted a request. */
export function requestFailure(cause: unknown): Failure {
  const otherwise = isSecureError(cause) ? 'tls' : 'unreachable';
  const failure = failureOf(cause, { further: undiciReasons, otherwise });
  const flaw = flawIn(failure.cause);
  return flaw ? { ...failure, flaw } : failure;
}

/**
 * Handles the events of undici's dispatcher for one request. With a timer, this costs a third less than undici's `request`, which
 * makes a stream of each body, with an AbortSignal for the deadline.
 */
class Exchange {
  /** Whether undici accepted the request. Errors before that are our bugs; errors after it are failures. */
  isAccepted = false;
  private readonly settlement: Settlement;
  private readonly timer: NodeJS.Timeout;
  /** Stops listening to the signal. */
  private readonly ignoreSignal: (() => void) | undefined;
  private controller: Controller | undefined;
  private reply: (Pick<Reply, 'status' | 'statusText'> & { rawHeaders: readonly Buffer[] }) | undefined;
  private readonly chunks: Buffer[] = [];
  private length = 0;
  private isOver = false;

  constructor({ timeout, signal }: ExchangeOptions, settlement: Settlement) {
    this.settlement = settlement;
    this.timer = setTimeout(endAtDeadline, timeout, this);
    this.ignoreSignal = signal && this.listenTo(signal);
  }

  /** Called just before the request is written. A request that waited too long for its connection is never sent. */
  onRequestStart(controller: Controller): void {
    this.controller = controller;
    if (this.isOver) controller.abort(abandoned);
  }

  // eslint-disable-next-line max-params -- undici's own order
  onResponseStart({ rawHeaders }: Controller, status: number, _: unknown, statusText = ''): void {
    // Interim responses, such as 103.
    if (status < 200 || this.isOver) return;
    this.reply = { status, statusText, rawHeaders: rawHeaders as readonly Buffer[] };
    if (status !== 204 && status !== 304) return;
    this.answer();
    // A response may have a length but no body, which undici would wait for forever.
    queueMicrotask(() => {
      this.abandon();
    });
  }

  onResponseData(_: Controller, chunk: Buffer): void {
    if (this.isOver) return;
    this.chunks.push(chunk);
    this.length += chunk.length;
    if (this.length <= keptBody) return;
    this.answer();
    this.abandon();
  }

  onResponseEnd(): void {
    this.controller = undefined;
    this.answer();
  }

  onResponseError(_: Controller | undefined, error: Error): void {
    this.controller = undefined;
    if (!this.finish()) return;
    if (this.isAccepted) this.settlement.resolve({ failure: requestFailure(error) });
    else this.settlement.reject(error);
  }

  end(): void {
    if (this.finish()) this.settlement.resolve({ failure: { reason: 'timeout', cause: abandoned } });
    this.abandon();
  }

  private listenTo(signal: AbortSignal): () => void {
    const end = () => {
      if (this.finish()) this.settlement.reject(signal.reason);
      this.abandon();
    };
    signal.addEventListener('abort', end);
    return () => {
      signal.removeEventListener('abort', end);
    };
  }

  private answer(): void {
    if (!this.reply || !this.finish()) return;
    const { status, statusText, rawHeaders } = this.reply;
    const body = this.length === 0 ? nothing : Buffer.concat(this.chunks, this.length).subarray(0, keptBody);
    const isBodyCut = this.length > keptBody;
    let headers: Header[] | undefined;
    this.settlement.resolve({
      reply: {
        ...{ status, statusText, body, isBodyCut },
        // Under load, nobody reads them.
        get headers() {
          return (headers ??= pairsOf(rawHeaders.map(text => text.toString('latin1'))));
        },
      },
    });
  }

  /** Returns whether it was still in progress. */
  private finish(): boolean {
    if (this.isOver) return false;
    this.isOver = true;
    clearTimeout(this.timer);
    this.ignoreSignal?.();
    return true;
  }

  private abandon(): void {
    this.controller?.abort(abandoned);
  }
}

const endAtDeadline = (exchange: Exchange): void => {
  exchange.end();
};
