import { isLoopback } from '../../http/target.js';
import type { ConnectionFlags } from './flags.js';

/** Names the remote receiver that actually gets the bytes; undefined if they stay on this machine. */
export function remoteOf(
  { hostname, origin }: URL,
  { connectTo, unixSocket }: Pick<ConnectionFlags, 'connectTo' | 'unixSocket'>,
): string | undefined {
  if (unixSocket !== undefined || isLoopback(connectTo?.host ?? hostname)) return undefined;
  return connectTo ? hostAndPort(connectTo) : origin;
}

export const hostAndPort = ({ host, port }: { host: string; port: number }): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`;
