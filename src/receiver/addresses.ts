import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer, type AddressInfo, type Server as Listener } from 'node:net';
import { unspecified } from '../http/target.js';
import { LocalError, systemCode, systemWords } from '../errors.js';

export interface Address {
  host: string;
  /** 0 picks a free port. */
  port: number;
}

/** A server can't listen on its address. */
export class ListenError extends LocalError {
  readonly reason: 'port-in-use' | 'no-permission' | 'no-address';
  readonly host: string;
  readonly port: number;

  constructor({ host, port }: Address, cause: unknown) {
    const code = systemCode(cause);
    const message =
      code === 'EADDRINUSE'
        ? `port ${port} is in use on ${host}`
        : `can't listen on ${host} port ${port}: ${systemWords(cause)}`;
    super(message, { cause });
    this.reason = code === 'EADDRINUSE' ? 'port-in-use' : code === 'EACCES' ? 'no-permission' : 'no-address';
    this.host = host;
    this.port = port;
  }
}

export interface Listening {
  /** Without a trailing slash. */
  url: string;
  /** Whether it listens on all addresses of this machine; the URL has one of them. */
  isEverywhere: boolean;
  /** Accepts no more connections, and resolves when existing ones have ended. */
  close: () => Promise<void>;
}

/** Throws ListenError. `localhost` is 127.0.0.1 and, if available, ::1: some clients try only one of them. */
export async function listenOn(server: Server, { host, port }: Address): Promise<Listening> {
  try {
    const second = host === 'localhost' ? await listenTwice(server, port) : undefined;
    if (host !== 'localhost') await listen(server, { host: host.replace(/^\[|\]$/g, ''), port });
    const listeners = [server, ...(second ? [second] : [])];
    const bound = server.address() as AddressInfo;
    return {
      url: urlOf(bound, host),
      isEverywhere: ['0.0.0.0', '::'].includes(bound.address),
      close: async () => {
        await Promise.all(
          listeners.map(async listener => {
            const closed = once(listener, 'close');
            listener.close();
            await closed;
          }),
        );
      },
    };
  } catch (cause) {
    throw new ListenError({ host, port }, cause);
  }
}

/** How many ports to try that are free on one address but in use on the other. */
const mostTries = 10;

/** Listens on 127.0.0.1, and returns a listener on the same port of ::1, which passes its connections to `server`. */
async function listenTwice(server: Server, port: number, tries = 1): Promise<Listener | undefined> {
  // As node:http does for its own connections.
  const second = createServer({ allowHalfOpen: true, noDelay: true }, socket => server.emit('connection', socket));
  const isThere = await listen(second, { host: '::1', port }).then(
    () => true,
    (error: unknown) => {
      if (['EADDRINUSE', 'EACCES'].includes(systemCode(error))) throw error;
      return false;
    },
  );
  try {
    await listen(server, { host: '127.0.0.1', port: isThere ? (second.address() as AddressInfo).port : port });
  } catch (error) {
    if (isThere) second.close();
    const isTaken = port === 0 && systemCode(error) === 'EADDRINUSE';
    if (!isTaken || tries === mostTries) throw error;
    return listenTwice(server, port, tries + 1);
  }
  return isThere ? second : undefined;
}

async function listen(server: Listener, address: Address): Promise<void> {
  server.listen(address);
  await once(server, 'listening');
}

/** For a wildcard address, returns the loopback address that reaches it. */
const urlOf = ({ port, family, address }: AddressInfo, host: string): string => {
  const shown = family === 'IPv6' ? `[${address}]` : address;
  const name = host === 'localhost' ? host : (unspecified[shown] ?? shown);
  return `http://${name}:${port}`;
};
