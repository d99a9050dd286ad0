import { createEnding } from '../../receiver/ending.js';
import type { ReceiverSubscriber } from '../../receiver/events.js';
import type { Investigator } from '../../receiver/investigator.js';
import type { ReceivedRequest } from '../../receiver/received-request.js';
import type { Receiver } from '../../receiver/receiver.js';
import type { Action } from '../../receiver/responses.js';
import type { Scheme } from '../../scheme/scheme.js';
import { hasCatalogue } from '../../scheme/schemes.js';
import type { Secret } from '../../scheme/secret.js';
import { systemClock } from '../clock.js';
import { numberIn, schemeOf, secretsOf } from '../options.js';
import { checkOptions } from '../shape.js';
import { incoming, sizeOf } from './incoming.js';
import { receiverChecks, type ReceiverOptions } from './options.js';
import { createLog, type RequestLog } from './log.js';
import type { RequestMatch } from './match.js';
import type { Filling, GivenAnswer, WebhookRequest } from './request.js';
import { createDecide, type Decide } from './respond.js';
import { createWaits, requestsIn, type ExpectNoneOptions, type WaitOptions, type Waits } from './waits.js';

/** A receiver of webhooks in this process. Iterating over it yields each request as it arrives, until it is closed. */
export interface WebhookReceiver extends AsyncDisposable, AsyncIterable<WebhookRequest> {
  /** Its URL, without a trailing slash. */
  readonly url: string;
  /** All requests so far, including refused ones, in the order they were completed. The array grows. */
  readonly requests: readonly WebhookRequest[];
  /**
   * Resolves with the first accepted request that matches and that no earlier call returned. Requests that arrived
   * before the call also match, so that a test can't be too late. Rejects with WaitTimeoutError, whose message lists
   * what arrived instead.
   */
  waitFor: (match?: RequestMatch, options?: WaitOptions) => Promise<WebhookRequest>;
  /**
   * Waits, and rejects with UnexpectedRequestError as soon as there is a request that no `waitFor` returned, even one
   * from before the call.
   */
  expectNone: (options?: ExpectNoneOptions) => Promise<void>;
  /**
   * Stops taking requests, ends waits with ClosedError, and settles once the receiver has shut down. It may be called
   * more than once. Rejects with an exception from `respond` that hasn't been reported yet.
   */
  close: () => Promise<void>;
}

/**
 * Starts a receiver that verifies requests, responds to them and keeps them for a test to inspect. With `fin`, bodies
 * have to be Fin's events; with other schemes, any body is accepted. Rejects with UsageError for invalid options, and
 * with LocalError if it can't listen.
 */
export async function createReceiver(options: ReceiverOptions): Promise<WebhookReceiver> {
  checkOptions(options, receiverChecks);
  const session = new Session(options);
  const { scheme, secrets } = session;
  const { signal, host = '127.0.0.1', path, clock = systemClock } = options;
  const port = numberIn('port', options.port, { usual: 0, most: 65_535 });
  const largestBody = numberIn('maxBody', options.maxBody, { usual: 2 ** 20 });
  signal?.throwIfAborted();
  const [{ createReceiver: start }, { createInvestigator }] = await Promise.all([
    import('../../receiver/receiver.js'),
    import('../../receiver/investigator.js'),
  ]);
  const { investigate } = createInvestigator(scheme, { secrets });
  const receiver = await start({
    ...{ host, port, path, clock, scheme, secrets },
    loadInspect: hasCatalogue(scheme) ? loadInspect : undefined,
    // Nothing uses summaries.
    summarise: () => ({}),
    limits: { largestBody, grace: 1000, notice: 100 },
    responses: session.decide,
    subscribers: [session.subscriber(investigate)],
    onBug: session.fail,
  });
  return session.open(receiver, signal);
}

const loadInspect = async () => (await import('../../event/inspect.js')).loadInspector();

class Session {
  readonly scheme: Scheme;
  readonly secrets: readonly Secret[];
  private readonly log: RequestLog;
  private readonly waits: Waits;
  private readonly chooseAction: Decide;
  private readonly onError: ReceiverOptions['onError'];
  private readonly fillings = new WeakMap<ReceivedRequest, Filling>();
  private readonly closing = new AbortController();
  private readonly ending = createEnding();
  private readonly searches = new Set<Promise<unknown>>();
  /** An exception from `respond` that hasn't been reported yet. */
  private unheard: { error: unknown } | undefined;

  constructor(options: ReceiverOptions) {
    this.scheme = schemeOf(options);
    this.secrets = secretsOf(options, this.scheme);
    this.chooseAction = createDecide(options.respond);
    this.onError = options.onError;
    this.log = createLog({
      maxRequests: numberIn('maxRequests', options.maxRequests, { usual: 10_000, least: 1 }),
      maxBytes: numberIn('maxBytes', options.maxBytes, { usual: 64 * 2 ** 20, least: 1 }),
    });
    this.waits = createWaits({
      log: this.log,
      settled: async () => {
        await Promise.all(this.searches);
      },
      throwEarlier: () => {
        this.throwUnheard();
      },
    });
  }

  readonly fail = (error: unknown): void => {
    if (this.onError) this.onError(error);
    else if (!this.waits.fail(error)) this.unheard ??= { error };
  };

  readonly decide = (request: ReceivedRequest): Action | undefined | Promise<Action | undefined> => {
    const filling = this.fillings.get(request);
    if (!filling) return undefined;
    const action = this.chooseAction(filling, this.closing.signal);
    if (!(action instanceof Promise)) return note(filling, action);
    return this.untilClosing(action.then(decided => note(filling, decided)));
  };

  subscriber(investigate: Investigator['investigate']): ReceiverSubscriber {
    const { scheme, secrets, log } = this;
    return {
      assessed: ({ request, assessment }) => {
        const filling = incoming(request, assessment, { scheme, secrets, seq: log.nextSeq() });
        this.fillings.set(request, filling);
        log.add(filling, sizeOf(filling));
      },
      answered: event => {
        const filling = this.fillings.get(event.request);
        if (!filling) return;
        filling.answer = givenBy(event.action);
        const search = investigate(event)?.then(diagnosis => {
          filling.findings = diagnosis?.found ? diagnosis.findings : [];
        });
        if (search) this.keep(search.catch(this.fail));
      },
    };
  }

  async open(receiver: Receiver, signal: AbortSignal | undefined): Promise<WebhookReceiver> {
    const { log, waits } = this;
    let shutting: Promise<void> | undefined;
    const shut = () => (shutting ??= this.shut(receiver));
    const abort = () => {
      void shut();
    };
    const close = async () => {
      await shut();
      signal?.removeEventListener('abort', abort);
      this.throwUnheard();
    };
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) await close();
    signal?.throwIfAborted();
    return {
      url: receiver.url,
      requests: log.requests,
      waitFor: waits.waitFor,
      expectNone: waits.expectNone,
      close,
      [Symbol.asyncIterator]: () => requestsIn(log),
      [Symbol.asyncDispose]: close,
    };
  }

  private async shut(receiver: Receiver): Promise<void> {
    this.closing.abort();
    this.ending.begin();
    this.waits.close();
    await receiver.close();
    await Promise.all(this.searches);
    this.log.end();
  }

  private keep(search: Promise<unknown>): void {
    this.searches.add(search);
    void search.then(() => this.searches.delete(search));
  }

  /** If the receiver closes before `respond` has decided about a request, the request gets no response. */
  private untilClosing(action: Promise<Action | undefined>): Promise<Action | undefined> {
    if (this.ending.hasBegun()) return Promise.resolve('drop');
    return new Promise((resolve, reject) => {
      const stopWaiting = this.ending.wait(() => {
        resolve('drop');
      });
      action.then(resolve, reject).finally(stopWaiting);
    });
  }

  private throwUnheard(): void {
    const { unheard } = this;
    this.unheard = undefined;
    if (unheard) throw unheard.error;
  }
}

const givenBy = (action: Action): GivenAnswer => (typeof action === 'object' ? action.status : action);

/** By default, the receiver accepts the request. */
function note(filling: Filling, action: Action | undefined): Action | undefined {
  filling.answer = action ? givenBy(action) : 200;
  return action;
}
