import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** Who is connected, and whose requests are being dealt with. */
export interface Traffic {
  /** Notes the beginning of a request; what it returns is to be called at the end. */
  begin: (socket: Socket) => () => void;
  isBusy: (socket: Duplex) => boolean;
  /** Whether there is no more than one on it. */
  isLast: (socket: Duplex) => boolean;
  /**
   * Ends connections that no request is in progress on, now and later: one that is kept would keep the listener from closing,
   * and Node doesn't count one that said nothing yet as idle.
   */
  cutIdle: () => void;
  /** Settles when every request has come to its end. */
  quiet: () => Promise<void>;
}

export function watchTraffic(server: Server): Traffic {
  const sockets = new Set<Duplex>();
  const requests = new Map<Duplex, number>();
  let isEnding = false;
  let onQuiet: () => void = () => undefined;
  server.on('connection', socket => {
    sockets.add(socket);
    // One for each of the requests that may wait in line on it.
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
