import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { connect } from 'node:tls';
import { ProxyError, type Address, type Proxied } from './route.js';

/** Speaks TLS with a proxy, whose certificate has to come from an authority that Node knows. */
export function secured(socket: Socket, { hostname }: URL): Socket {
  const host = hostname.replace(/^\[|\]$/g, '');
  // A name that is an address can't be asked for, but the certificate has to be for it all the same.
  const servername = /^[\d.]+$|:/.test(host) ? '' : host;
  const secure = connect({ socket, host, servername });
  socket.on('error', error => secure.destroy(error));
  return secure;
}

/** Asks a proxy for a connection to the receiver (RFC 9110, 9.3.6). Rejects with ProxyError if it makes none. */
export async function openTunnel(
  socket: Socket,
  { authorization }: Proxied,
  { receiver: { host, port }, deadline }: { receiver: Omit<Address, 'kind'>; deadline: AbortSignal },
): Promise<Socket> {
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const asked = request({
    method: 'CONNECT',
    path: authority,
    headers: { host: authority, ...(authorization !== undefined && { 'proxy-authorization': authorization }) },
    createConnection: () => socket,
  });
  try {
    asked.end();
    const [{ statusCode = 0 }, tunnel, head] = (await once(asked, 'connect', { signal: deadline })) as [
      IncomingMessage,
      Socket,
      Buffer,
    ];
    if (statusCode < 200 || statusCode > 299) throw new ProxyError({ status: statusCode });
    if (head.length > 0) tunnel.unshift(head);
    return tunnel;
  } catch (error) {
    asked.on('error', () => undefined);
    socket.on('error', () => undefined).destroy();
    throw error;
  }
}
