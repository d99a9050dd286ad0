import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Limits } from './limits.js';

/** The connections of a server, and the requests in progress on them. */
export interface Traffic {
  /** Counts a request as in progress until the function that it returns is called. */
  begin: (message: IncomingMessage) => () => void;
  isBusy: (socket: Duplex) => boolean;
  /** Whether no further request on the connection may wait for its answer. */
  isFull: (socket: Duplex) => boolean;
  /** Whether a request on the connection has begun, but isn't whole yet. */
  isReading: (socket: Duplex) => boolean;
  /**
   * Takes no more requests from a connection, and ends it with `words` once all whole requests on it are answered. What the
   * client still sends is discarded.
   */
  endAfterAnswers: (socket: Duplex, words: string) => void;
  /** With which words the connection will end; undefined if it takes further requests. */
  lastWords: (socket: Duplex) => string | undefined;
  /** Whether exactly one request is in progress on the connection. */
  isLast: (socket: Duplex) => boolean;
  /**
   * Ends connections without a request in progress, now and later. One that is kept open would keep the server from closing,
   * and Node doesn't count a connection as idle that hasn't sent anything yet.
   */
  cutIdle: () => void;
  /** Settles when no request is in progress. */
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
    // Each of the requests that wait in line on a connection adds a listener.
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
  /** The one that came last. */
  latest: IncomingMessage;
}

/** The connections that end after the requests in progress on them, and the words that they end with. */
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
      // The parser still has the rest of what has arrived.
      queueMicrotask(() => {
        discardRest(socket);
      });
    },
  };
}

/** Without it, Node would go on making a request and an answer of everything that arrives. */
function discardRest(socket: Duplex): void {
  // Node hands its parser's source to whoever listens for data.
  socket.on('data', () => undefined);
  socket.removeAllListeners('data');
  socket.resume();
}
