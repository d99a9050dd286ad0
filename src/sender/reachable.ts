import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
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

/** Milliseconds between two attempts. */
const interval = 100;

/** Waits until the receiver accepts connections, for at most `patience` milliseconds, or until `signal` is aborted. */
export async function waitUntilReachable(
  url: URL,
  patience: number,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const end = performance.now() + patience;
  for (;;) {
    const failure = await probe(url, Math.max(1, Math.ceil(end - performance.now())));
    if (!failure || signal.aborted || performance.now() + interval > end) return failure;
    await sleep(interval, undefined, { signal }).catch(() => undefined);
  }
}
