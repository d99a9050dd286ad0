import { InputError, UsageError } from '../errors.js';
import type { Header } from '../http/header.js';
import { statusSet } from '../http/status-set.js';
import type { Clock } from '../ports.js';
import type { HashName } from '../scheme/definition.js';
import { signingWith } from '../scheme/signing.js';
import type { Scheme } from '../scheme/scheme.js';
import { bodyPattern, type BodyPattern } from '../sender/body-pattern.js';
import type { ReplyExpectation } from '../sender/expectation.js';
import type { HttpClient } from '../sender/http-client.js';
import { createRequestMaker, type RequestMaker, type Sign } from '../sender/request.js';
import { replayPlan } from '../sender/replay.js';
import type { Delivery, SenderOptions as RoomOptions } from '../sender/sender.js';
import { milliseconds } from '../text/duration.js';
import { bytesOf, type BodyInput } from './body.js';
import { systemClock } from './clock.js';
import { collector } from './deliveries.js';
import type { DeliveryResult } from './delivery.js';
import { ClosedError } from './errors.js';
import { headersOf, headersToSend, type HeadersLike } from './headers.js';
import { longestTimer, numberIn, schemeChecks, schemeOf, secretsOf, type SchemeOptions } from './options.js';
import { readRecording, type RecordedRequest, type RecordingSource } from './recordings.js';
import { anything, checkOptions, clock, flag, object, signal, wholeNumber, type Checks } from './shape.js';
import { targetUrl } from './target.js';
import { version } from './version.js';

export interface SenderOptions extends SchemeOptions {
  /** Where to send. */
  url: string | URL;
  /** The algorithm of the HMAC, if the scheme allows several. Default: the scheme's first. */
  algorithm?: HashName | undefined;
  /** Your own headers. */
  headers?: HeadersLike | undefined;
  /** Milliseconds for each attempt. Default: the limit of the scheme's vendor, or 10,000. */
  timeout?: number | undefined;
  /**
   * Attempts after the first, if the response is 408, 429, 500, 502, 503 or 504, or if there was no response. Default:
   * 0.
   */
  retries?: number | undefined;
  /** Milliseconds: the longest wait that a receiver may ask for with `Retry-After`. Default: 60,000. */
  maxWait?: number | undefined;
  /** The conditions of success. Default: the statuses that the scheme's vendor accepts. */
  expect?: Expectation | undefined;
  /** Starts nothing new once it is aborted. */
  signal?: AbortSignal | undefined;
  /** Default: that of this machine. */
  clock?: Clock | undefined;
}

export interface Expectation {
  /** A status, or a set such as `2xx` or `200,204`. */
  status?: number | string | undefined;
  /** Required headers of the response. */
  headers?: HeadersLike | undefined;
  /** Required content of the body. */
  body?: string | RegExp | undefined;
  /** Milliseconds. */
  maxTime?: number | undefined;
}

export interface BatchOptions {
  /** The number sent at once. Default: 1. */
  concurrency?: number | undefined;
  /** Milliseconds between one delivery and the next. Default: 0. */
  delay?: number | undefined;
}

export interface ReplayOptions extends BatchOptions {
  /** Whether to re-sign with the current secret and time. Default: false, which sends the recorded signatures. */
  resign?: boolean | undefined;
}

/** Signs and sends webhooks. */
export interface WebhookSender extends AsyncDisposable {
  /** Sends one delivery, with retries. Each attempt gets its own signature. */
  send: (body: BodyInput) => Promise<DeliveryResult>;
  /** Sends several. The results are in the same order. */
  sendAll: (bodies: Iterable<BodyInput>, options?: BatchOptions) => Promise<DeliveryResult[]>;
  /**
   * Replays the requests of a recording to the sender's own URL. A request that isn't recorded byte for byte
   * isn't sent, and its result has the error. Rejects with InputError if it isn't a recording.
   */
  replay: (recording: RecordingSource, options?: ReplayOptions) => Promise<DeliveryResult[]>;
  /** Ends connections. It may be called more than once. */
  close: () => Promise<void>;
}

/** Makes a sender, which loads its HTTP client when it first sends. Throws UsageError for invalid options. */
export function createSender(options: SenderOptions): WebhookSender {
  const sender = new Sending(options);
  return {
    send: async body => {
      const [result] = await sender.deliver([bodyDelivery(body, sender.maker)], {});
      if (!result) throw new Error('A delivery has no result.');
      return result;
    },
    sendAll: (bodies, batch = {}) =>
      sender.deliver(
        Array.from(bodies, body => bodyDelivery(body, sender.maker)),
        batch,
      ),
    replay: (recording, replaying = {}) => sender.replay(recording, replaying),
    close: sender.close,
    [Symbol.asyncDispose]: sender.close,
  };
}

const expectationChecks: Checks<Expectation> = {
  status: anything,
  headers: anything,
  body: anything,
  maxTime: anything,
};

const senderChecks: Checks<SenderOptions> = {
  ...schemeChecks,
  url: anything,
  algorithm: anything,
  headers: anything,
  timeout: anything,
  retries: wholeNumber,
  maxWait: anything,
  expect: object(expectationChecks),
  signal,
  clock,
};

const batchChecks: Checks<BatchOptions> = { concurrency: wholeNumber, delay: anything };

function bodyDelivery(body: BodyInput, maker: RequestMaker): Delivery {
  const bytes = bytesOf(body);
  return { source: 'a body', plan: () => maker.plan(bytes) };
}

class Sending {
  readonly maker: RequestMaker;
  private readonly scheme: Scheme;
  private readonly url: URL;
  private readonly headers: readonly Header[];
  private readonly clock: Clock;
  private readonly settings: Omit<RoomOptions, 'client' | 'sign' | 'subscribers'>;
  private client: Promise<HttpClient> | undefined;
  private isClosed = false;

  constructor(options: SenderOptions) {
    checkOptions(options, senderChecks);
    const { signal = new AbortController().signal } = options;
    this.scheme = schemeOf(options);
    this.clock = options.clock ?? systemClock;
    this.url = targetUrl(options.url);
    this.headers = headersToSend(options.headers, this.scheme);
    const [secret] = secretsOf(options, this.scheme);
    const signing = signingWith(secret, options.algorithm, this.scheme);
    const { scheme, clock, url, headers } = this;
    this.maker = createRequestMaker({ url, headers, scheme, signing, version, clock });
    const { definition } = scheme;
    this.settings = {
      clock,
      signal,
      timeout: numberIn('timeout', options.timeout, {
        usual: definition.timeout === undefined ? 10_000 : milliseconds(definition.timeout),
        least: 1,
        most: longestTimer,
      }),
      policy: {
        retries: numberIn('retries', options.retries, { usual: 0 }),
        maxWait: numberIn('maxWait', options.maxWait, { usual: 60_000 }),
      },
      expectation: expectationOf(options.expect ?? {}, definition.accepts ?? '2xx'),
    };
  }

  async deliver(
    deliveries: readonly Delivery[],
    options: BatchOptions,
    sign = this.maker.sign,
  ): Promise<DeliveryResult[]> {
    checkOptions(options, batchChecks);
    const { concurrency, delay } = options;
    const batch = {
      deliveries,
      concurrency: numberIn('concurrency', concurrency, { usual: 1, least: 1, most: 10_000 }),
      delay: numberIn('delay', delay, { usual: 0, most: longestTimer }),
    };
    this.settings.signal.throwIfAborted();
    if (this.isClosed) throw new ClosedError('the sender is closed');
    const { subscriber, results } = collector(deliveries.length);
    const [client, { Sender }] = await Promise.all([this.open(), import('../sender/sender.js')]);
    await new Sender({ ...this.settings, client, sign, subscribers: [subscriber] }).send(batch);
    return results();
  }

  async replay(recording: RecordingSource, options: ReplayOptions): Promise<DeliveryResult[]> {
    checkOptions(options, { ...batchChecks, resign: flag });
    const { resign = false, ...batch } = options;
    const deliveries: Delivery[] = [];
    for await (const entry of readRecording(recording))
      if (entry.kind === 'request') deliveries.push(this.recordedDelivery(entry, resign));
    return this.deliver(deliveries, batch, resign ? this.maker.sign : asItIs);
  }

  private recordedDelivery(request: RecordedRequest, isResigned: boolean): Delivery {
    const { url, headers, scheme, clock } = this;
    const source = `request ${request.position}`;
    return {
      source,
      plan() {
        if (request.fidelity !== 'exact')
          throw new InputError(`${source}: the recording doesn't have its body byte for byte`);
        const recorded = { ...request, file: 'request' };
        return replayPlan(recorded, { url, headers, scheme, isResigned, isFresh: false }, clock);
      },
    };
  }

  readonly close = async (): Promise<void> => {
    this.isClosed = true;
    await (await this.client)?.close();
    await this.settings.expectation.body?.close();
  };

  private open(): Promise<HttpClient> {
    const { timeout } = this.settings;
    return (this.client ??= import('../sender/http-client.js').then(({ createHttpClient }) =>
      createHttpClient({ timeout }),
    ));
  }
}

const asItIs: Sign = plan => plan;

function expectationOf({ status, headers, body, maxTime }: Expectation, accepted: string): ReplyExpectation {
  return {
    status: statusSet(String(status ?? accepted)),
    headers: headersOf(headers ?? []),
    ...(body !== undefined && { body: patternOf(body) }),
    maxTime: maxTime === undefined ? undefined : numberIn('expect.maxTime', maxTime, { usual: 0 }),
  };
}

function patternOf(body: string | RegExp): BodyPattern {
  if (typeof body === 'string')
    return { text: body, search: text => text.includes(body), close: () => Promise.resolve() };
  const pattern = bodyPattern(String(body));
  if (pattern) return pattern;
  throw new UsageError('options.expect.body has the flag g or y, which makes results depend on earlier ones', {
    hint: 'leave the flag out',
  });
}
