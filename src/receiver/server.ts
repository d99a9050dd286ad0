import { once, setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LocalError, systemCode, systemWords } from '../errors.js';
import { pairsOf } from '../http/header.js';
import type { Clock } from '../ports.js';
import { collectBody, type BodyBudget } from './body.js';
import { createEnding, type Ending } from './ending.js';
import { throwLater, type OnBug } from './events.js';
import { countHeads, type Heads } from './heads.js';
import { usualLimits, type Limits } from './limits.js';
import { answerProtocolErrors, type RefuseUnfit } from './protocol-errors.js';
import type { ProtocolError, ReceivedRequest } from './received-request.js';
import type { Action } from './responses.js';
import { watchTraffic, type Traffic } from './traffic.js';
import { writeResponse } from './write-response.js';

export interface ServerOptions {
  host: string;
  /** 0 for any free port. */
  port: number;
  clock: Pick<Clock, 'now'>;
  respond: Respond;
  onProtocolError?: ((error: ProtocolError) => void) | undefined;
  limits?: Partial<Limits> | undefined;
  /** Called when an answer can't be written because of a bug. Default: it is thrown and uncaught. */
  onBug?: OnBug | undefined;
}

/**
 * Decides what to do about a request. It is called once for every request, whatever is wrong with it, and never rejects.
 * Once `ending` is aborted, there is just time for a last answer.
 */
export type Respond = (request: ReceivedRequest, ending: AbortSignal) => PlannedResponse | Promise<PlannedResponse>;

export interface PlannedResponse {
  action: Action;
  /** Milliseconds to wait before it. */
  delay?: number;
  /** Called when the answer is on its way, or when there won't be one. */
  settled: (settlement: Settlement) => void;
}

interface Settlement {
  /** Since the headers were read. */
  milliseconds: number;
  /** Whether the client left before its answer was on its way. */
  isGone: boolean;
}

export interface RunningServer {
  /** Without a slash at its end. */
  url: string;
  /** Takes no more requests, answers those in flight, and gives up on them after the grace of its limits. */
  close: () => Promise<void>;
}

/** A server can't listen on its address. */
export class ListenError extends LocalError {
  readonly reason: 'port-in-use' | 'no-permission' | 'no-address';
  readonly host: string;
  readonly port: number;

  constructor({ host, port }: Pick<ServerOptions, 'host' | 'port'>, cause: unknown) {
    const code = systemCode(cause);
    const message =
      code === 'EADDRINUSE'
        ? `port ${port} is in use on ${host}`
        : `can't listen on ${host} port ${port}: ${systemWords(cause)}`;
    super(message, { cause });
    this.reason = code === 'EADDRINUSE' ? 'port-in-use' : code === 'EACCES' ? 'no-permission' : 'no-address';
    this.host = host;
    this.port = port;
  }
}

/** Starts an HTTP server that is safe to expose to strangers. Throws ListenError if it can't listen on its address. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const limits = { ...usualLimits, ...options.limits };
  const { headersTimeout, requestTimeout, checkInterval: connectionsCheckingInterval } = limits;
  const server = createServer({ headersTimeout, requestTimeout, connectionsCheckingInterval });
  // Node would silently drop all headers after about a thousand; their total size is limited all the same.
  server.maxHeadersCount = 0;
  const [ending, lastCall] = [createEnding(), new AbortController()];
  // Each request that is being forwarded listens to it, which is no leak.
  setMaxListeners(0, lastCall.signal);
  const [traffic, heads] = [watchTraffic(server, limits), countHeads(limits.largestHeads)];
  const { clock, onProtocolError } = options;
  const refuse = answerProtocolErrors(server, { clock, traffic, heads, onProtocolError });
  const handling = { budget: { ...limits, held: 0 }, traffic, heads, refuse, ending, lastCall: lastCall.signal };
  const handle = createHandler(options, handling);
  server.on('request', handle);
  // Node would answer 417 to an expectation that it doesn't know, but the request is one like any other.
  server.on('checkExpectation', handle);
  await listen(server, options);
  return {
    url: urlOf(server.address() as AddressInfo, options.host),
    close: () => {
      ending.begin();
      return close(server, traffic, { ...limits, lastCall });
    },
  };
}

interface Handling {
  budget: BodyBudget;
  traffic: Traffic;
  heads: Heads;
  refuse: RefuseUnfit;
  ending: Ending;
  /** Aborted when its grace is about to end. */
  lastCall: AbortSignal;
}

function createHandler(
  { clock, respond, onBug = throwLater }: ServerOptions,
  { budget, traffic, heads, refuse, ending, lastCall }: Handling,
) {
  let seq = 0;
  return (message: IncomingMessage, response: ServerResponse): void => {
    const forget = heads.hold(message);
    if (refuse(message)) {
      // Node keeps what it has parsed as long as the connection.
      message.socket.once('close', forget);
      return;
    }
    const start = performance.now();
    const end = traffic.begin(message);
    const head = headOf(message, { seq: ++seq, receivedAt: clock.now() });
    collectBody(message, budget, ({ body, flaw, release }) => {
      const begin = ({ action, delay = 0, settled }: PlannedResponse) => {
        const { socket } = message;
        const isLast = () => (ending.hasBegun() || traffic.lastWords(socket) === '') && traffic.isLast(socket);
        writeResponse(response, { action, delay, ending, isLast, onBug }, isGone => {
          release();
          forget();
          settled({ milliseconds: Math.round(performance.now() - start), isGone });
          end();
        });
      };
      const planned = respond({ ...head, body, ...(flaw && { flaw }) }, lastCall);
      if (planned instanceof Promise) void planned.then(begin);
      else begin(planned);
    });
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

async function listen(server: Server, { host, port }: Pick<ServerOptions, 'host' | 'port'>): Promise<void> {
  try {
    server.listen({ host: host.replace(/^\[|\]$/g, ''), port });
    await once(server, 'listening');
  } catch (cause) {
    throw new ListenError({ host, port }, cause);
  }
}

const urlOf = ({ port, family, address }: AddressInfo, host: string): string => {
  const name = host === 'localhost' ? host : family === 'IPv6' ? `[${address}]` : address;
  return `http://${name}:${port}`;
};

async function close(
  server: Server,
  traffic: Traffic,
  { grace, notice, lastCall }: Pick<Limits, 'grace' | 'notice'> & { lastCall: AbortController },
): Promise<void> {
  const closed = once(server, 'close');
  // Node considers a connection idle once its answer is made, and would cut it before the client has read all of it.
  server.closeIdleConnections = traffic.cutIdle;
  server.close();
  const call = setTimeout(() => {
    lastCall.abort();
  }, grace - notice);
  const end = setTimeout(() => {
    server.closeAllConnections();
  }, grace);
  await closed;
  clearTimeout(end);
  // A request on a connection that was cut ends shortly after the server; one whose client left is still forwarded.
  await traffic.quiet();
  clearTimeout(call);
}
