import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { systemCode } from '../errors.js';
import { failureOf } from './failure.js';
import { ProxyError, type Address, type Proxied, type Route } from './route.js';

/** The host and port of a URL; the port is empty if it is the default. */
export interface Receiver {
  protocol: string;
  hostname: string;
  port: string;
}

/**
 * Opens a connection for requests to `receiver`. For a receiver on https, asks a proxy for a tunnel; the connection through
 * it isn't secure yet. `timeout` in milliseconds. Rejects with a system error, or with ProxyError.
 */
export async function dial(route: Route | undefined, receiver: Receiver, timeout: number): Promise<Socket> {
  const deadline = AbortSignal.timeout(timeout);
  switch (route?.kind) {
    case undefined:
      return connected(connect(addressOf(receiver)), deadline);
    case 'address':
      return connected(connect(route), deadline);
    case 'socket':
      return connected(connect({ path: route.path }), deadline);
    case 'proxy':
      return throughProxy(route, receiver, deadline).catch((error: unknown) => {
        if (error instanceof ProxyError || failureOf(error).reason === 'local-error') throw error;
        throw new ProxyError({ cause: withinTime(error, deadline) });
      });
  }
}

const addressOf = ({ protocol, hostname, port }: Receiver): Omit<Address, 'kind'> => ({
  host: hostname.replace(/^\[|\]$/g, ''),
  port: Number(port || (protocol === 'https:' ? 443 : 80)),
});

async function throughProxy(route: Proxied, receiver: Receiver, deadline: AbortSignal): Promise<Socket> {
  const { openTunnel, secured } = await import('./tunnel.js');
  const { proxy } = route;
  const plain = connect(addressOf(proxy));
  const socket = await connected(proxy.protocol === 'https:' ? secured(plain, proxy) : plain, deadline);
  return receiver.protocol === 'https:'
    ? openTunnel(socket, route, { receiver: addressOf(receiver), deadline })
    : socket;
}

/** Waits until a socket is connected, and closes it if that fails. */
async function connected(socket: Socket, deadline: AbortSignal): Promise<Socket> {
  const event = 'encrypted' in socket ? 'secureConnect' : 'connect';
  try {
    await once(socket, event, { signal: deadline });
    return socket.setNoDelay(true);
  } catch (error) {
    socket.on('error', () => undefined).destroy();
    throw withinTime(error, deadline);
  }
}

/** Returns a system error for a timeout. */
const withinTime = (error: unknown, deadline: AbortSignal): unknown =>
  deadline.aborted && systemCode(error) !== 'ETIMEDOUT'
    ? Object.assign(new Error('The time is up.', { cause: error }), { code: 'ETIMEDOUT' })
    : error;
