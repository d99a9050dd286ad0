import { setTimeout as sleep } from 'node:timers/promises';
import type { Header } from '../http/header.js';
import type { Failure, FailureReason } from '../sender/failure.js';
import {
  createHttpClient,
  type Connecting,
  type Attempt,
  type DeliveryRequest,
  type HttpClient,
} from '../sender/http-client.js';
import type { Target } from './request.js';

export interface Waiting {
  target: Target;
  /** A health check that has to return 2xx; undefined to wait for the receiver itself. */
  health?: URL | undefined;
  /** Milliseconds. */
  patience: number;
  /** Milliseconds, for each attempt. */
  timeout: number;
  connecting: Connecting;
  /** Aborted when the user asks to stop. */
  signal: AbortSignal;
}

/** What was missing when the wait ended. */
export interface Unready {
  url: URL;
  /** The last result. */
  last: Failure | { status: number };
  /** Milliseconds. */
  patience: number;
  isHealth: boolean;
}

/** Milliseconds between two attempts. */
const interval = 100;

/** A proxy's statuses for an application that isn't up yet. */
const gateway: readonly number[] = [502, 503, 504];

/** Waiting longer doesn't help with these. */
const lasting: readonly FailureReason[] = ['tls'];

/**
 * Waits until the receiver responds to a GET, since an open port alone proves nothing. Any status will do except
 * a proxy's. Resolves to what was missing, or to undefined.
 */
export async function waitUntilAnswering(waiting: Waiting): Promise<Unready | undefined> {
  const { target, health, patience, timeout, connecting, signal } = waiting;
  const url = health ?? target.url;
  const end = performance.now() + patience;
  const client = createHttpClient({ timeout: Math.max(1, Math.min(timeout, patience)), ...connecting, isFresh: true });
  const isReady = (status: number) => (health ? status >= 200 && status < 300 : !gateway.includes(status));
  try {
    for (;;) {
      const attempt = await ask(client, { url, headers: headersFor(url, target) }, { end, signal });
      if (!attempt) return undefined;
      const last = 'failure' in attempt ? attempt.failure : { status: attempt.reply.status };
      if ('status' in last && isReady(last.status)) return undefined;
      const isOver = performance.now() + interval > end || ('reason' in last && lasting.includes(last.reason));
      if (isOver) return { url, last, patience, isHealth: health !== undefined };
      await sleep(interval, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    await client.close();
  }
}

/** Returns undefined if the user asked to stop. */
async function ask(
  client: HttpClient,
  request: Pick<DeliveryRequest, 'url' | 'headers'>,
  { end, signal }: { end: number; signal: AbortSignal },
): Promise<Attempt | undefined> {
  const deadline = AbortSignal.timeout(Math.max(1, Math.ceil(end - performance.now())));
  try {
    return await client.deliver(
      { method: 'GET', body: new Uint8Array(), ...request },
      AbortSignal.any([signal, deadline]),
    );
  } catch (cause) {
    if (signal.aborted) return undefined;
    if (deadline.aborted) return { failure: { reason: 'timeout', cause }, milliseconds: 0 };
    throw cause;
  }
}

/** Sends the user's headers, which may be credentials, only to the receiver's own origin. */
export const headersFor = (url: URL, { url: { origin }, headers, version }: Target): Header[] => [
  ['user-agent', `webhook-cli/${version} (check)`],
  ...(url.origin === origin ? headers.filter(([name]) => name.toLowerCase() !== 'user-agent') : []),
];
