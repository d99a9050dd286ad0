import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Limits } from './limits.js';

/** A server's connections and the requests in progress on them. */
export interface Traffic {
  /** Counts a request as in progress until the returned function is called. */
  begin: (message: IncomingMessage) => () => void;
  isBusy: (socket: Duplex) => boolean;
  /** Whether the connection has reached its limit of requests that wait for a response. */
  isFull: (socket: Duplex) => boolean;
  /** Whether a request on the connection has begun but isn't complete. */
  isReading: (socket: Duplex) => boolean;
  /**
   * Takes no more requests from a connection, and ends it with `words` once all complete requests on it have responses.
   * Further bytes from the client are discarded.
   */
  endAfterAnswers: (socket: Duplex, words: string) => void;
  /** The words that the connection will end with; undefined if it takes further requests. */
  lastWords: (socket: Duplex) => string | undefined;
  /** Whether exactly one request is in progress on the connection. */
  isLast: (socket: Duplex) => boolean;
  /**
   * Ends connections without a request in progress, now and later. An open one would prevent the server from closing,
   * and Node doesn't count a connection as idle before it has sent anything.
   */
  cutIdle: () => void;
  /** Resolves when no request is in progress. */
  quiet: () => Promise<void>;
}

export function watchTraffic(server: Server, { longestLine }: Pick<Limits, 'longestLine'>): Traffic {
  const sockets = new Set<Duplex>();
  const requests = new Map<Duplex, InProgress>();
  const endings = watchEndings(requests);
  let isEnding = false;
  let onQuiet: () => void = () => undefined;
  server.on('connection', socket => {
    sockets.add(socket);
    // Each queued request on a connection adds a listener.
    socket.setMaxListeners(0);
    socket.once('close', () => sockets.delete(socket));
  });
  return {
    begin(message) {
      const { socket } = message;
      const known = requests.get(socket);
      const own = known ?? { count: 0, latest: message };
      own.count += 1;
      own.latest = message;
      if (!known) requests.set(socket, own);
      return () => {
        own.count -= 1;
        if (own.count === 0) requests.delete(socket);
        endings.endIfAnswered(socket);
        if (own.count === 0 && (isEnding || endings.lastWords(socket) !== undefined)) socket.destroySoon();
        if (requests.size === 0) onQuiet();
      };
    },
    isBusy: socket => requests.has(socket),
    isFull: socket => (requests.get(socket)?.count ?? 0) >= longestLine,
    ...endings,
    isLast: socket => requests.get(socket)?.count === 1,
    cutIdle: () => {
      isEnding = true;
      for (const socket of sockets) if (!requests.has(socket)) socket.destroy();
    },
    quiet: () =>
      new Promise(resolve => {
        onQuiet = resolve;
        if (requests.size === 0) resolve();
      }),
  };
}

/** The requests in progress on one connection. */
interface InProgress {
  count: number;
  /** The latest one. */
  latest: IncomingMessage;
}

/** The connections that end after their requests in progress, and the words they end with. */
function watchEndings(requests: ReadonlyMap<Duplex, InProgress>) {
  const lastWords = new WeakMap<Duplex, string>();
  const isReading = (socket: Duplex): boolean => requests.get(socket)?.latest.complete === false;
  const endIfAnswered = (socket: Duplex): void => {
    const words = lastWords.get(socket);
    if (words === undefined || !socket.writable) return;
    const unfinished = isReading(socket) ? 1 : 0;
    if ((requests.get(socket)?.count ?? 0) <= unfinished) socket.end(words);
  };
  return {
    isReading,
    endIfAnswered,
    lastWords: (socket: Duplex) => lastWords.get(socket),
    endAfterAnswers(socket: Duplex, words: string): void {
      if (lastWords.has(socket)) return;
      lastWords.set(socket, words);
      endIfAnswered(socket);
      // The parser still has unread bytes.
      queueMicrotask(() => {
        discardRest(socket);
      });
    },
  };
}

/** Without it, Node would keep making requests and responses out of everything that arrives. */
function discardRest(socket: Duplex): void {
  // Listening for data detaches Node's parser from the socket.
  socket.on('data', () => undefined);
  socket.removeAllListeners('data');
  socket.resume();
}
