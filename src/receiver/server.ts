import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pairsOf } from '../http/header.js';
import { LocalError, systemCode, systemWords } from '../errors.js';
import { act } from './write-response.js';
import { collectBody, type BodyBudget } from './body.js';
import { usualLimits, type Limits } from './limits.js';
import { answerProtocolErrors } from './protocol-errors.js';
import type { ProtocolError, ReceivedRequest, Respond, Response } from './received-request.js';
import { watchTraffic, type Traffic } from './traffic.js';

export interface ListenerOptions {
  host: string;
  /** 0 for any that is free. */
  port: number;
  now: () => Date;
  respond: Respond;
  onProtocolError?: (nonsense: ProtocolError) => void;
  limits?: Partial<Limits>;
}

export interface Listener {
  url: string;
  /** Accepts nothing new, answers what is in flight, and gives up on it after the grace of its limits. */
  close: () => Promise<void>;
}

/** Starts an HTTP server that can be left in the open. Throws LocalError when the address can't be had. */
export async function startListener(options: ListenerOptions): Promise<Listener> {
  const limits = { ...usualLimits, ...options.limits };
  const { headersTimeout, requestTimeout, checkInterval: connectionsCheckingInterval } = limits;
  const server = createServer({ headersTimeout, requestTimeout, connectionsCheckingInterval });
  // Past about a thousand headers Node would drop the rest in silence; their size is limited all the same.
  server.maxHeadersCount = 0;
  const [ending, lastCall] = [new AbortController(), new AbortController()];
  const traffic = watchTraffic(server);
  const signals = { ending: ending.signal, lastCall: lastCall.signal };
  const handle = createHandler(options, { budget: { ...limits, held: 0 }, traffic, ...signals });
  server.on('request', handle);
  // Whatever a client expects (Node would answer 417), its request is one like any other.
  server.on('checkExpectation', handle);
  answerProtocolErrors(server, {
    now: options.now,
    traffic,
    onProtocolError: options.onProtocolError ?? (() => undefined),
  });
  await listen(server, options);
  return {
    url: urlOf(server.address() as AddressInfo, options.host),
    close: () => {
      ending.abort();
      return close(server, traffic, { ...limits, lastCall });
    },
  };
}

interface Handling {
  budget: BodyBudget;
  traffic: Traffic;
  /** Aborted when the listener is closed. */
  ending: AbortSignal;
  /** Aborted when its grace is about to end. */
  lastCall: AbortSignal;
}

function createHandler({ now, respond }: ListenerOptions, { budget, traffic, ending, lastCall }: Handling) {
  let seq = 0;
  return (message: IncomingMessage, response: ServerResponse): void => {
    const start = performance.now();
    const end = traffic.begin(message.socket);
    const head = headOf(message, { seq: ++seq, receivedAt: now() });
    collectBody(message, budget, ({ body, flaw, release }) => {
      const begin = ({ action, delay = 0, settled }: Response) => {
        const isLast = () => traffic.isLast(message.socket);
        act(response, { action, delay, ending, isLast }, isGone => {
          release();
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

async function listen(server: Server, { host, port }: Pick<ListenerOptions, 'host' | 'port'>): Promise<void> {
  try {
    server.listen({ host: host.replace(/^\[|\]$/g, ''), port });
    await once(server, 'listening');
  } catch (cause) {
    if (systemCode(cause) === 'EADDRINUSE') {
      const hint = 'end what listens there, or pass --port 0 for any free port';
      throw new LocalError(`port ${port} is in use on ${host}`, { cause, hint });
    }
    throw new LocalError(`can't listen on ${host} port ${port}: ${systemWords(cause)}`, {
      cause,
      hint:
        systemCode(cause) === 'EACCES'
          ? 'ports below 1024 are for administrators: pass another one with --port'
          : 'pass an address of this machine with --host, such as 127.0.0.1',
    });
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
  // Node takes a connection for idle once its answer is made, and would cut it before the client has read all of it.
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
  // A request on a connection that was cut ends a moment after the server; one whose client left goes on being forwarded.
  await traffic.quiet();
  clearTimeout(call);
}
