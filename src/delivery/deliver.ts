import type { Socket } from 'node:net';
import { rootCertificates } from 'node:tls';
import { buildConnector, Pool, type Dispatcher } from 'undici';
import { systemCode } from '../errors.js';
import type { Header } from '../http/header.js';
import { Exchange, type Outcome } from './exchange.js';
import type { Failure } from './failure.js';
import { targetOf } from './target.js';

export interface DeliveryRequest {
  method: string;
  url: URL;
  /** What stands in the request line, byte for byte; that of the URL, if it isn't given. The host is always the URL's. */
  target?: string;
  headers: readonly Header[];
  body: Uint8Array;
}

export interface Reply {
  status: number;
  statusText: string;
  headers: Header[];
  /** The first MiB of it. */
  body: Uint8Array;
  isBodyCut: boolean;
}

/** `milliseconds` until the whole reply was there. */
export interface Answered {
  reply: Reply;
  milliseconds: number;
}

/** What came of sending one request once; a refusal by the receiver is a reply like any other. */
export type Attempt = Answered | { failure: Failure; milliseconds: number };

export interface Courier {
  /** Sends once; follows no redirect; never throws for what the other side does, but the reason of `signal` once that is aborted. */
  deliver: (request: DeliveryRequest, signal?: AbortSignal) => Promise<Attempt>;
  close: () => Promise<void>;
}

export interface CourierOptions {
  /** Milliseconds, for each attempt as a whole: connecting, headers and body. */
  timeout: number;
  /** Certificates of further authorities, as PEM. */
  authorities?: Uint8Array | undefined;
  /** Whether anybody may pose as the receiver. */
  isInsecure?: boolean | undefined;
}

export function createCourier({ timeout, authorities, isInsecure = false }: CourierOptions): Courier {
  // A connection that has idled for longer may be closed by the receiver just as it is used again.
  const ca = authorities && [...rootCertificates, Buffer.from(authorities)];
  const connect = createConnector({ timeout, rejectUnauthorized: !isInsecure, ...(ca && { ca }) });
  const options = { keepAliveTimeout: 1000, headersTimeout: 0, bodyTimeout: 0, connect };
  // An Agent does the same, at a cost that counts under load.
  const pools = new Map<string, Pool>();
  const poolOf = (origin: string): Pool => {
    const pool = pools.get(origin) ?? new Pool(origin, options);
    pools.set(origin, pool);
    return pool;
  };
  return {
    async deliver(request, signal) {
      signal?.throwIfAborted();
      const start = performance.now();
      const outcome = await new Promise<Outcome>((resolve, reject) => {
        poolOf(request.url.origin).dispatch(optionsOf(request), new Exchange({ timeout, signal }, { resolve, reject }));
      });
      const milliseconds = Math.round(performance.now() - start);
      return 'reply' in outcome ? { reply: outcome.reply, milliseconds } : { failure: outcome.failure, milliseconds };
    },
    close: async () => {
      await Promise.all([...pools.values()].map(pool => pool.destroy()));
    },
  };
}

/** Like undici's own, but a connection that takes no more of the request is still read from. */
function createConnector(options: buildConnector.BuildOptions): buildConnector.connector {
  const open = buildConnector(options);
  return (target, done) => {
    open(target, (...result) => {
      if (result[1]) keepReading(result[1]);
      done(...result);
    });
  };
}

/**
 * A receiver may answer early (413) and close. The failed write is heard of before the answer is read, and would destroy
 * the socket: so it isn't passed on, and what is read, or the end of it, decides.
 */
function keepReading(socket: Socket): void {
  const write = socket._write.bind(socket);
  const writeMany = socket._writev?.bind(socket);
  type Callback = (error?: Error | null) => void;
  const unlessClosed = (callback: Callback) => (error?: Error | null) => {
    if (!['EPIPE', 'ECONNRESET'].includes(systemCode(error))) callback(error);
  };
  socket._write = (chunk, encoding, callback) => {
    write(chunk, encoding, unlessClosed(callback));
  };
  socket._writev = (chunks, callback) => writeMany?.(chunks, unlessClosed(callback));
}

function optionsOf(request: DeliveryRequest): Dispatcher.DispatchOptions {
  const { method, headers, body } = request;
  const flat: string[] = [];
  for (const [name, value] of headers) flat.push(name, value);
  // The path on its own: of a whole URL, undici would rewrite it.
  return { path: targetOf(request), method, headers: flat, body };
}
