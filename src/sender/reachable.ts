import { once } from 'node:events';
import { connect } from 'node:net';
import { failureOf, type Failure } from './failure.js';

/** Tries to connect. Resolves to the reason why that failed, or to undefined. `timeout` in milliseconds. */
export async function probe({ protocol, hostname, port }: URL, timeout: number): Promise<Failure | undefined> {
  const host = hostname.replace(/^\[|\]$/g, '');
  const socket = connect({ host, port: Number(port || (protocol === 'https:' ? 443 : 80)) });
  const deadline = AbortSignal.timeout(timeout);
  try {
    await once(socket, 'connect', { signal: deadline });
    return undefined;
  } catch (error) {
    return deadline.aborted ? { reason: 'timeout', cause: error } : failureOf(error);
  } finally {
    socket.on('error', () => undefined).destroy();
  }
}
