import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { connect } from 'node:tls';
import { ProxyError, type Address, type Proxied } from './route.js';

/** Opens TLS to a proxy, whose certificate must come from an authority that Node trusts. */
export function secured(socket: Socket, { hostname }: URL): Socket {
  const host = hostname.replace(/^\[|\]$/g, '');
  // SNI doesn't allow addresses, but the certificate must still be for this one.
  const servername = /^[\d.]+$|:/.test(host) ? '' : host;
  const secure = connect({ socket, host, servername });
  socket.on('error', error => secure.destroy(error));
  return secure;
}

/** Asks a proxy for a connection to the receiver (RFC 9110, 9.3.6). Rejects with ProxyError if it refuses. */
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
