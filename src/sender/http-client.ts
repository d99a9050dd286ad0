import type { Attempt, DeliveryRequest } from './attempt.js';
import type { Route, RouteFinder } from './route.js';
import { connectionOptions, type Trust } from './undici/connector.js';
import { Connection, type Outcome } from './undici/connection.js';

export type { Trust } from './undici/connector.js';
export type { Answered, Attempt, DeliveryRequest, Reply } from './attempt.js';

export interface HttpClient {
  /** Sends once, without following redirects. Rejects with the reason of `signal` once it is aborted, and never because of the receiver. */
  deliver: (request: DeliveryRequest, signal?: AbortSignal) => Promise<Attempt>;
  close: () => Promise<void>;
}

/** How connections are made. */
export interface Connecting extends Trust {
  /** Undefined: straight to every receiver. */
  routeOf?: RouteFinder | undefined;
}

export interface HttpClientOptions extends Connecting {
  /** Milliseconds, for each attempt as a whole: connecting, headers and body. */
  timeout: number;
  /** Whether each request gets its own connection. */
  isFresh?: boolean | undefined;
}

export function createHttpClient({ timeout, isFresh = false, ...connecting }: HttpClientOptions): HttpClient {
  const originOf = createOriginOf();
  const pool = createPool(origin => wayTo(new URL(origin), timeout, connecting));
  return {
    async deliver(request, signal) {
      signal?.throwIfAborted();
      const start = performance.now();
      const origin = originOf(request.url);
      const connection = pool.take(origin);
      let outcome: Outcome;
      try {
        outcome = await connection.exchange(request, { timeout, signal, isLast: isFresh });
      } catch (reason) {
        pool.drop(connection);
        throw reason;
      }
      const milliseconds = Math.round(performance.now() - start);
      if (isFresh || 'failure' in outcome) pool.drop(connection);
      else pool.giveBack(origin, connection);
      return 'failure' in outcome ? { failure: outcome.failure, milliseconds } : { reply: outcome.reply, milliseconds };
    },
    close: pool.close,
  };
}

/** The origin of the last URL: a load has only one, and computing it for each request is measurable. */
function createOriginOf(): (url: URL) => string {
  let last: { url: URL; origin: string } | undefined;
  return url => (last?.url === url ? last : (last = { url, origin: url.origin })).origin;
}

interface ConnectionPool {
  take: (origin: string) => Connection;
  /** Keeps a connection for the next request. The last one is used first: it is the least likely to have idled too long. */
  giveBack: (origin: string, connection: Connection) => void;
  /** Closes a connection and anything still in progress on it. */
  drop: (connection: Connection) => void;
  close: () => Promise<void>;
}

/** How connections to one origin are made. */
interface Way {
  route: Route | undefined;
  options: ReturnType<typeof connectionOptions>;
}

function wayTo(receiver: URL, timeout: number, { routeOf, ...trust }: Connecting): Way {
  const route = routeOf?.(receiver);
  return { route, options: connectionOptions(timeout, trust, route) };
}

/** Each connection carries one request at a time. Undici's Agent does the same, but searches all of them for each request. */
function createPool(wayTo: (origin: string) => Way): ConnectionPool {
  const ways = new Map<string, Way>();
  const idle = new Map<string, Connection[]>();
  const all = new Set<Connection>();
  const open = (origin: string): Connection => {
    const way = ways.get(origin) ?? wayTo(origin);
    ways.set(origin, way);
    const connection = new Connection(origin, way);
    all.add(connection);
    return connection;
  };
  return {
    take: origin => idle.get(origin)?.pop() ?? open(origin),
    giveBack: (origin, connection) => {
      const others = idle.get(origin);
      if (others) others.push(connection);
      else idle.set(origin, [connection]);
    },
    drop: connection => {
      all.delete(connection);
      void connection.destroy();
    },
    close: async () => {
      await Promise.all([...all].map(connection => connection.destroy()));
    },
  };
}
