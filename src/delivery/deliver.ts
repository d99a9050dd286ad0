import { Agent, request as send } from 'undici';
import { failureOf, type Failure } from './failure.js';
import { pairsOf, type Header } from './header.js';

export interface DeliveryRequest {
  method: 'POST';
  url: URL;
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

/** What came of sending one request once; a refusal by the receiver is a reply like any other. */
type Attempt = { milliseconds: number } & ({ reply: Reply } | { failure: Failure });

export interface Courier {
  /** Sends once; follows no redirect; never throws for what the other side does. */
  deliver: (request: DeliveryRequest) => Promise<Attempt>;
  close: () => Promise<void>;
}

/** In bytes; what comes after isn't needed to judge a reply. */
const keptBody = 1024 * 1024;

/** `timeout` in milliseconds, for each attempt as a whole: connecting, headers and body. */
export function createCourier({ timeout }: { timeout: number }): Courier {
  // A connection that has idled for longer may be closed by the receiver just as it is used again.
  const dispatcher = new Agent({ keepAliveTimeout: 1000, headersTimeout: 0, bodyTimeout: 0, connect: { timeout } });
  return {
    async deliver(request) {
      const start = performance.now();
      const outcome = await attempt(request, dispatcher, timeout);
      return { ...outcome, milliseconds: Math.round(performance.now() - start) };
    },
    close: () => dispatcher.destroy(),
  };
}

async function attempt(
  request: DeliveryRequest,
  dispatcher: Agent,
  timeout: number,
): Promise<{ reply: Reply } | { failure: Failure }> {
  const deadline = new AbortController();
  const timer = setTimeout(() => {
    deadline.abort();
  }, timeout);
  try {
    // undici heeds the signal only once it is connected.
    return { reply: await Promise.race([exchange(request, dispatcher, deadline.signal), aborted(deadline.signal)]) };
  } catch (error) {
    return { failure: deadline.signal.aborted ? { reason: 'timeout', cause: error } : failureOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

async function exchange(
  { method, url, headers, body }: DeliveryRequest,
  dispatcher: Agent,
  signal: AbortSignal,
): Promise<Reply> {
  const options = { method, headers: headers.flat(), body, dispatcher, signal, responseHeaders: 'raw' } as const;
  const { statusCode: status, statusText, headers: raw, body: stream } = await send(url, options);
  return { status, statusText, headers: pairsOf(raw as unknown as string[]), ...(await firstBytes(stream)) };
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

async function firstBytes(stream: AsyncIterable<Buffer>): Promise<Pick<Reply, 'body' | 'isBodyCut'>> {
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
