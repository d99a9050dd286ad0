import { once } from 'node:events';
import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { pairsOf } from '../delivery/header.js';
import { LocalError, systemCode } from '../errors.js';
import { collectBody, createBodyBudget } from './body.js';
import type { Answer, ReceivedRequest, Respond } from './received.js';

export interface ListenerOptions {
  host: string;
  /** 0 for any that is free. */
  port: number;
  now: () => Date;
  respond: Respond;
}

export interface Listener {
  url: string;
  /** Accepts nothing new, answers what is in flight, and gives up on it after five seconds. */
  close: () => Promise<void>;
}

/** Starts an HTTP server that can be left in the open. Throws LocalError when the address can't be had. */
export async function startListener({ host, port, now, respond }: ListenerOptions): Promise<Listener> {
  const budget = createBodyBudget();
  let seq = 0;
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 1000 },
    (message, response) => {
      const start = performance.now();
      const head = headOf(message, { seq: ++seq, receivedAt: now() });
      let settle: (() => void) | undefined;
      response.once('close', () => settle?.());
      collectBody(message, budget, ({ body, flaw, release }) => {
        const { answer, settled } = respond({ ...head, body, ...(flaw && { flaw }) });
        settle = () => {
          release();
          settled(Math.round(performance.now() - start));
        };
        if (response.closed) settle();
        else write(response, answer);
      });
    },
  );
  // Past about a thousand headers Node would drop the rest in silence; their size is limited all the same.
  server.maxHeadersCount = 0;
  server.on('clientError', refuse);
  await listen(server, { host, port });
  return { url: urlOf(server.address() as AddressInfo, host), close: () => close(server) };
}

const headOf = (
  { method = '', url = '', httpVersion, rawHeaders }: IncomingMessage,
  arrival: Pick<ReceivedRequest, 'seq' | 'receivedAt'>,
): Omit<ReceivedRequest, 'body'> => ({ ...arrival, method, target: url, httpVersion, headers: pairsOf(rawHeaders) });

function write(response: ServerResponse, { status, headers = {} }: Answer): void {
  const text = `${STATUS_CODES[status] ?? ''}\n`;
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

const parserStatus: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
};

/** What isn't a request gets an answer all the same, as long as none is on its way. */
function refuse(error: Error, socket: Duplex): void {
  if (!socket.writable || systemCode(error) === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status = parserStatus[systemCode(error)] ?? 400;
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

async function listen(server: Server, { host, port }: Pick<ListenerOptions, 'host' | 'port'>): Promise<void> {
  try {
    server.listen({ host: host.replace(/^\[|\]$/g, ''), port });
    await once(server, 'listening');
  } catch (cause) {
    if (systemCode(cause) === 'EADDRINUSE') {
      throw new LocalError(`port ${port} is in use on ${host}`, {
        cause,
        hint: 'end what listens there, or pass --port 0 for any free port',
      });
    }
    throw new LocalError(`can't listen on ${host} port ${port} (${systemCode(cause)})`, {
      cause,
      hint: 'is the address one of this machine, and the port allowed?',
    });
  }
}

const urlOf = ({ port, family, address }: AddressInfo, host: string): string => {
  const name = host === 'localhost' ? host : family === 'IPv6' ? `[${address}]` : address;
  return `http://${name}:${port}`;
};

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => {
    server.closeAllConnections();
  }, 5000);
  await closed;
  clearTimeout(timer);
}
