import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** The connections of a server, and the requests in progress on them. */
export interface Traffic {
  /** Counts a request as in progress until the function that it returns is called. */
  begin: (socket: Socket) => () => void;
  isBusy: (socket: Duplex) => boolean;
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

export function watchTraffic(server: Server): Traffic {
  const sockets = new Set<Duplex>();
  const requests = new Map<Duplex, number>();
  let isEnding = false;
  let onQuiet: () => void = () => undefined;
  server.on('connection', socket => {
    sockets.add(socket);
    // Each of the requests that wait in line on a connection adds a listener.
    socket.setMaxListeners(0);
    socket.once('close', () => sockets.delete(socket));
  });
  return {
    begin(socket) {
      requests.set(socket, (requests.get(socket) ?? 0) + 1);
      return () => {
        const rest = (requests.get(socket) ?? 1) - 1;
        if (rest > 0) requests.set(socket, rest);
        else {
          requests.delete(socket);
          if (isEnding) socket.destroySoon();
        }
        if (requests.size === 0) onQuiet();
      };
    },
    isBusy: socket => requests.has(socket),
    isLast: socket => requests.get(socket) === 1,
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
