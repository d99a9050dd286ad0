import type { CaptureStore } from '../../recording/store.js';
import type { RequestSettings } from '../../config/settings.js';
import type { HttpClient } from '../../sender/http-client.js';
import type { ReplyExpectation } from '../../sender/expectation.js';
import type { RetryPolicy } from '../../sender/retry.js';
import { statusSet } from '../../http/status-set.js';
import type { Context } from '../command.js';
import { openRecording } from '../recording.js';
import type { DeliveryFlags, Part } from './flags.js';
import { createRecorder } from './record.js';
import { readTrust } from './trust.js';

/** How all requests of one run are delivered and judged. */
export interface Delivering {
  client: HttpClient;
  /** Milliseconds, for each attempt. */
  timeout: number;
  policy: RetryPolicy;
  /** Milliseconds, between one delivery and the next. */
  delay: number;
  expectation: ReplyExpectation;
  show: readonly Part[];
  /** Where it is recorded; none: nowhere. */
  store: CaptureStore | undefined;
  /** Records a request and its answer, where that is wanted. */
  record: ReturnType<typeof createRecorder>;
}

/** Throws InputError when the certificates can't be read. */
export async function openDelivering(
  { cacert, insecure, maxWait = 60_000, delay = 0, show = [], ...flags }: DeliveryFlags,
  { url, timeout, retries }: RequestSettings,
  context: Pick<Context, 'environment' | 'reporting' | 'clock' | 'now'>,
): Promise<Delivering> {
  const trust = await readTrust({ cacert, insecure }, url, context);
  // Loaded here, since what is only printed needs no HTTP client.
  const { createHttpClient } = await import('../../sender/http-client.js');
  const { expectStatus = statusSet('2xx'), expectHeader = [], expectBody, maxTime } = flags;
  const store = await openRecording(flags, context);
  return {
    client: createHttpClient({ timeout, ...trust }),
    timeout,
    policy: { retries, maxWait },
    delay,
    expectation: { status: expectStatus, headers: expectHeader, body: expectBody, maxTime },
    show,
    store,
    record: createRecorder(store, context),
  };
}
