import type { Socket } from 'node:net';
import { rootCertificates } from 'node:tls';
import { setFlagsFromString } from 'node:v8';
import { buildConnector, Client, type Dispatcher } from 'undici';
import { systemCode } from '../errors.js';
import type { Header } from '../http/header.js';
import { Exchange, type Outcome } from './undici.js';
import type { Failure } from './failure.js';
import { outgoing, type Transfer } from './transfer.js';
import { targetOf } from '../http/target.js';

export interface DeliveryRequest {
  method: string;
  url: URL;
  /** What stands in the request line, byte for byte; that of the URL, if it isn't given. The host is always the URL's. */
  target?: string;
  headers: readonly Header[];
  body: Uint8Array;
  /** At once, if it isn't given. */
  transfer?: Transfer | undefined;
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

export interface HttpClient {
  /** Sends once; follows no redirect; never throws for what the other side does, but the reason of `signal` once that is aborted. */
  deliver: (request: DeliveryRequest, signal?: AbortSignal) => Promise<Attempt>;
  close: () => Promise<void>;
}

export interface HttpClientOptions {
  /** Milliseconds, for each attempt as a whole: connecting, headers and body. */
  timeout: number;
  /** Certificates of further authorities, as PEM. */
  authorities?: Uint8Array | undefined;
  /** Whether anybody may pose as the receiver. */
  isInsecure?: boolean | undefined;
  /** Whether each request has a connection of its own. */
  isFresh?: boolean | undefined;
}

// Node 20 alone would wait 100 ms before its exit, for V8 to optimise undici's parser.
// eslint-disable-next-line no-restricted-globals -- nobody's input: a fact about what runs this
if (process.versions.node.startsWith('20.')) setFlagsFromString('--liftoff-only');

export function createHttpClient({
  timeout,
  authorities,
  isInsecure = false,
  isFresh = false,
}: HttpClientOptions): HttpClient {
  // A connection that has idled for longer may be closed by the receiver just as it is used again.
  const ca = authorities && [...rootCertificates, Buffer.from(authorities)];
  const connect = createConnector({ timeout, rejectUnauthorized: !isInsecure, ...(ca && { ca }) });
  const connections = createConnections({ keepAliveTimeout: 1000, headersTimeout: 0, bodyTimeout: 0, connect });
  return {
    async deliver(request, signal) {
      signal?.throwIfAborted();
      const start = performance.now();
      const { origin } = request.url;
      const client = connections.take(origin);
      let outcome: Outcome;
      try {
        outcome = await new Promise<Outcome>((resolve, reject) => {
          client.dispatch(optionsOf(request, isFresh), new Exchange({ timeout, signal }, { resolve, reject }));
        });
      } catch (reason) {
        connections.drop(client);
        throw reason;
      }
      const milliseconds = Math.round(performance.now() - start);
      if (isFresh || 'failure' in outcome) connections.drop(client);
      else connections.giveBack(origin, client);
      return 'failure' in outcome ? { failure: outcome.failure, milliseconds } : { reply: outcome.reply, milliseconds };
    },
    close: connections.close,
  };
}

interface Connections {
  take: (origin: string) => Client;
  /** To be used again: the last one first, whose connection is the least likely to have idled too long. */
  giveBack: (origin: string, client: Client) => void;
  /** Not to be used again: what it may be in the middle of is given up. */
  drop: (client: Client) => void;
  close: () => Promise<void>;
}

/** One request at a time on each. Undici's Agent does the same, but looks through all of them for each request. */
function createConnections(options: Client.Options): Connections {
  const idle = new Map<string, Client[]>();
  const all = new Set<Client>();
  const open = (origin: string): Client => {
    const client = new Client(origin, options);
    all.add(client);
    return client;
  };
  return {
    take: origin => idle.get(origin)?.pop() ?? open(origin),
    giveBack: (origin, client) => {
      const others = idle.get(origin);
      if (others) others.push(client);
      else idle.set(origin, [client]);
    },
    drop: client => {
      all.delete(client);
      void client.destroy();
    },
    close: async () => {
      await Promise.all([...all].map(client => client.destroy()));
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

function optionsOf(request: DeliveryRequest, reset: boolean): Dispatcher.DispatchOptions {
  const { method, headers, transfer } = request;
  const { body, headers: framing } = outgoing(request.body, transfer);
  const flat: string[] = [];
  for (const [name, value] of headers) flat.push(name, value);
  for (const [name, value] of framing) flat.push(name, value);
  // The path on its own: of a whole URL, undici would rewrite it.
  return { path: targetOf(request), method, headers: flat, body, reset };
}
