import type { Socket } from 'node:net';
import { rootCertificates } from 'node:tls';
import { Agent, buildConnector } from 'undici';
import { systemCode } from '../errors.js';
import { failureOf, type Failure } from './failure.js';
import { outgoing, type Transfer } from './transfer.js';
import { pairsOf, type Header } from '../http/header.js';
import { targetOf } from './target.js';

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

export interface Courier {
  /** Sends once; follows no redirect; never throws for what the other side does, but the reason of `signal` once that is aborted. */
  deliver: (request: DeliveryRequest, signal?: AbortSignal) => Promise<Attempt>;
  close: () => Promise<void>;
}

/** In bytes; what comes after isn't needed to judge a reply. */
const keptBody = 1024 * 1024;

export interface CourierOptions {
  /** Milliseconds, for each attempt as a whole: connecting, headers and body. */
  timeout: number;
  /** Certificates of further authorities, as PEM. */
  authorities?: Uint8Array | undefined;
  /** Whether anybody may pose as the receiver. */
  isInsecure?: boolean | undefined;
  /** Whether each request has a connection of its own. */
  isFresh?: boolean | undefined;
}

export function createCourier({ timeout, authorities, isInsecure = false, isFresh = false }: CourierOptions): Courier {
  // A connection that has idled for longer may be closed by the receiver just as it is used again.
  const ca = authorities && [...rootCertificates, Buffer.from(authorities)];
  const connect = createConnector({ timeout, rejectUnauthorized: !isInsecure, ...(ca && { ca }) });
  const dispatcher = new Agent({ keepAliveTimeout: 1000, headersTimeout: 0, bodyTimeout: 0, connect });
  return {
    async deliver(request, signal) {
      const start = performance.now();
      const outcome = await attempt(request, { dispatcher, reset: isFresh }, { timeout, signal });
      return { ...outcome, milliseconds: Math.round(performance.now() - start) };
    },
    close: () => dispatcher.destroy(),
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

interface Connection {
  dispatcher: Agent;
  /** Whether it is closed after this request. */
  reset: boolean;
}

async function attempt(
  request: DeliveryRequest,
  connection: Connection,
  { timeout, signal }: { timeout: number; signal: AbortSignal | undefined },
): Promise<{ reply: Reply } | { failure: Failure }> {
  signal?.throwIfAborted();
  const deadline = new AbortController();
  const end = () => {
    deadline.abort();
  };
  const timer = setTimeout(end, timeout);
  signal?.addEventListener('abort', end);
  try {
    // undici heeds the signal only once it is connected.
    return { reply: await Promise.race([exchange(request, connection, deadline.signal), aborted(deadline.signal)]) };
  } catch (error) {
    signal?.throwIfAborted();
    return { failure: deadline.signal.aborted ? { reason: 'timeout', cause: error } : failureOf(error) };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}

async function exchange(
  request: DeliveryRequest,
  { dispatcher, reset }: Connection,
  signal: AbortSignal,
): Promise<Reply> {
  const { method, url, headers, transfer } = request;
  const { body, headers: framing } = outgoing(request.body, transfer);
  // Origin and path on their own: of a whole URL, undici would rewrite the path.
  const place = { origin: url.origin, path: targetOf(request) };
  const all = [...headers, ...framing].flat();
  const options = { ...place, method, headers: all, body, reset, signal, responseHeaders: 'raw' } as const;
  const { statusCode: status, statusText, headers: raw, body: stream } = await dispatcher.request(options);
  const hasBody = status !== 204 && status !== 304;
  // Without a body there may be a length all the same, which undici would wait for in vain.
  if (!hasBody) stream.on('error', () => undefined).destroy();
  return {
    status,
    statusText,
    headers: pairsOf(raw as unknown as string[]),
    ...(await firstBytes(hasBody ? stream : [])),
  };
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener(
      'abort',
      () => {
        reject(new Error('The deadline has passed.'));
      },
      { once: true },
    );
  });

async function firstBytes(
  stream: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<Pick<Reply, 'body' | 'isBodyCut'>> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    // Leaving the loop destroys the stream, and with it the connection.
    if (length > keptBody) break;
  }
  return { body: Buffer.concat(chunks).subarray(0, keptBody), isBodyCut: length > keptBody };
}
