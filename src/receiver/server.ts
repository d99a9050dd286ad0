import { setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { pairsOf } from '../http/header.js';
import type { Clock } from '../ports.js';
import { listenOn, type Address, type Listening } from './addresses.js';
import { collectBody, type BodyBudget } from './body.js';
import { createEnding, type Ending } from './ending.js';
import { throwLater, type OnBug } from './events.js';
import { countHeads, type Heads } from './heads.js';
import { usualLimits, type Limits } from './limits.js';
import { answerProtocolErrors, type RefuseUnfit } from './protocol-errors.js';
import type { ProtocolError, ReceivedRequest } from './received-request.js';
import type { Action } from './responses.js';
import { watchTraffic, type Traffic } from './traffic.js';
import { writeResponse, type Outcome } from './write-response.js';

export interface ServerOptions extends Address {
  clock: Pick<Clock, 'now'>;
  respond: Respond;
  onProtocolError?: ((error: ProtocolError) => void) | undefined;
  limits?: Partial<Limits> | undefined;
  /** Called when a bug prevents a response. Default: the bug is thrown, uncaught. */
  onBug?: OnBug | undefined;
}

/**
 * Decides how to respond to a request. It is called once for every request, even a bad one, and never rejects.
 * Once `ending` is aborted, there is only time for a last response.
 */
export type Respond = (request: ReceivedRequest, ending: AbortSignal) => PlannedResponse | Promise<PlannedResponse>;

export interface PlannedResponse {
  action: Action;
  /** Milliseconds to wait before it. */
  delay?: number;
  /** Called when the response was sent, or when there won't be one. */
  settled: (settlement: Settlement) => void;
}

interface Settlement extends Outcome {
  /** Since the headers were read. */
  milliseconds: number;
}

export interface RunningServer {
  /** Without a trailing slash. */
  url: string;
  isEverywhere: boolean;
  /** Takes no more requests, responds to those in flight, and gives up on them after the grace period of its limits. */
  close: () => Promise<void>;
}

/** Starts an HTTP server that is safe to expose to strangers. Throws ListenError if it can't listen on its address. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const limits = { ...usualLimits, ...options.limits };
  const { headersTimeout, requestTimeout, checkInterval: connectionsCheckingInterval } = limits;
  const server = createServer({ headersTimeout, requestTimeout, connectionsCheckingInterval });
  // Node would silently drop all headers after about a thousand; their total size is limited anyway.
  server.maxHeadersCount = 0;
  const [ending, lastCall] = [createEnding(), new AbortController()];
  // Each forwarded request listens to it, which isn't a leak.
  setMaxListeners(0, lastCall.signal);
  const [traffic, heads] = [watchTraffic(server, limits), countHeads(limits.largestHeads)];
  const { clock, onProtocolError } = options;
  const refuse = answerProtocolErrors(server, { clock, traffic, heads, onProtocolError });
  const handling = { budget: { ...limits, held: 0 }, traffic, heads, refuse, ending, lastCall: lastCall.signal };
  const handle = createHandler(options, handling);
  server.on('request', handle);
  // Node would return 417 for an unknown expectation, but the request is like any other.
  server.on('checkExpectation', handle);
  const listening = await listenOn(server, options);
  return {
    ...{ url: listening.url, isEverywhere: listening.isEverywhere },
    close: () => {
      ending.begin();
      return close({ server, listening, traffic }, { ...limits, lastCall });
    },
  };
}

interface Handling {
  budget: BodyBudget;
  traffic: Traffic;
  heads: Heads;
  refuse: RefuseUnfit;
  ending: Ending;
  /** Aborted when its grace period is about to end. */
  lastCall: AbortSignal;
}

function createHandler(
  { clock, respond, onBug = throwLater }: ServerOptions,
  { budget, traffic, heads, refuse, ending, lastCall }: Handling,
) {
  let seq = 0;
  const take = (message: IncomingMessage, response: ServerResponse): void => {
    const arrival = { seq: seq + 1, receivedAt: clock.now() };
    const forget = heads.hold(message);
    if (refuse(message)) {
      // Node keeps parsed requests as long as the connection.
      message.socket.once('close', forget);
      return;
    }
    seq = arrival.seq;
    const start = performance.now();
    const end = traffic.begin(message);
    const head = headOf(message, arrival);
    collectBody(message, budget, ({ body, flaw, release }) => {
      const begin = ({ action, delay = 0, settled }: PlannedResponse) => {
        const { socket } = message;
        const isLast = () => (ending.hasBegun() || traffic.lastWords(socket) === '') && traffic.isLast(socket);
        writeResponse(response, { action, delay, ending, isLast, onBug }, outcome => {
          release();
          forget();
          settled({ milliseconds: Math.round(performance.now() - start), ...outcome });
          end();
        });
      };
      const planned = respond({ ...head, body, ...(flaw && { flaw }) }, lastCall);
      if (planned instanceof Promise) void planned.then(begin);
      else begin(planned);
    });
  };
  return (message: IncomingMessage, response: ServerResponse): void => {
    try {
      take(message, response);
    } catch (error) {
      onBug(error);
      message.resume();
      response.writeHead(500, { connection: 'close', 'content-length': 0 }).end();
    }
  };
}

const headOf = (
  { method = '', url = '', httpVersion, rawHeaders, socket }: IncomingMessage,
  arrival: Pick<ReceivedRequest, 'seq' | 'receivedAt'>,
): Omit<ReceivedRequest, 'body'> => ({
  ...arrival,
  method,
  target: url,
  httpVersion,
  headers: pairsOf(rawHeaders),
  remote: `${socket.remoteAddress ?? ''}:${socket.remotePort ?? 0}`,
});

async function close(
  { server, listening, traffic }: { server: Server; listening: Listening; traffic: Traffic },
  { grace, notice, lastCall }: Pick<Limits, 'grace' | 'notice'> & { lastCall: AbortController },
): Promise<void> {
  // Node considers a connection idle once its response is made, and would close it before the client has read all of
  // it.
  server.closeIdleConnections = traffic.cutIdle;
  const closed = listening.close();
  const call = setTimeout(() => {
    lastCall.abort();
  }, grace - notice);
  const end = setTimeout(() => {
    server.closeAllConnections();
  }, grace);
  await closed;
  clearTimeout(end);
  // A request on a closed connection ends shortly after the server; one whose client left is still forwarded.
  await traffic.quiet();
  clearTimeout(call);
}
