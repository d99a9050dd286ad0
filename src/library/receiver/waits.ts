import { ClosedError, UnexpectedRequestError, WaitTimeoutError } from '../errors.js';
import { longestTimer, numberIn } from '../options.js';
import { anything, checkOptions, signal as abortSignal, type Checks } from '../shape.js';
import type { RequestLog } from './log.js';
import { createMismatch, matchWords, type Mismatch, type RequestMatch } from './match.js';
import type { WebhookRequest } from './request.js';
import { refusalLines, requestLines, storyOf } from './story.js';

export interface WaitOptions {
  /** Milliseconds. Default: 4000, a second less than the usual time limit of test runners. */
  timeout?: number | undefined;
  /** Ends the wait, which rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

export interface ExpectNoneOptions {
  /** Milliseconds to wait. Default: 200. */
  for?: number | undefined;
  /** Rejects only for matching requests. Default: all requests, including refused ones. */
  match?: RequestMatch | undefined;
  /** Ends the wait, which rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** The waits for requests. */
export interface Waits {
  waitFor: (match?: RequestMatch, options?: WaitOptions) => Promise<WebhookRequest>;
  expectNone: (options?: ExpectNoneOptions) => Promise<void>;
  /** Rejects every wait. Returns whether there was one. */
  fail: (error: unknown) => boolean;
  /** Rejects all waits, including future ones. */
  close: () => void;
}

interface Sources {
  log: RequestLog;
  /** Settles when the pending searches for causes are done. */
  settled: () => Promise<void>;
  /** Throws an error from before the first wait. */
  throwEarlier: () => void;
}

const waitChecks: Checks<WaitOptions> = { timeout: anything, signal: abortSignal };
const noneChecks: Checks<ExpectNoneOptions> = { for: anything, match: anything, signal: abortSignal };

export function createWaits({ log, settled, throwEarlier }: Sources): Waits {
  const waiting = new Set<(error: unknown) => void>();
  let isClosed = false;
  const begin: Begin = (signal, wait) => {
    throwEarlier();
    if (isClosed) throw new ClosedError('the receiver is closed');
    signal?.throwIfAborted();
    return untilEnded(wait, { signal, waiting });
  };
  const given = trackGiven();
  const waitFor = async (match: RequestMatch | undefined, { timeout, signal }: WaitOptions) => {
    const patience = numberIn('timeout', timeout, { usual: 4000, most: longestTimer });
    const mismatch = createMismatch(match);
    const found = await begin(signal, ({ isOver, timer }) =>
      Promise.race([firstMatch(log, mismatch, isOver), timer(patience)]),
    );
    if (found) return found;
    await settled();
    const words = `${matchWords(match)}: nothing arrived within ${patience} ms`;
    throw new WaitTimeoutError(`${words}\n${await storyOf(log, mismatch)}`, {
      hint: "does the sender use the receiver's URL and the same secret?",
    });
  };
  const expectNone = async ({ for: duration, match, signal }: ExpectNoneOptions) => {
    const patience = numberIn('for', duration, { usual: 200, most: longestTimer });
    const mismatch = match === undefined ? undefined : createMismatch(match);
    const found = await begin(signal, ({ isOver, timer }) =>
      Promise.race([firstUnclaimed(log, mismatch, isOver), timer(patience)]),
    );
    if (!found) return;
    await settled();
    throw new UnexpectedRequestError(`a request arrived, but none was expected\n${descriptionOf(found)}`, {
      hint: 'this includes every request that no waitFor returned, even an earlier one',
    });
  };
  return {
    waitFor: (match, options = {}) => given.track(async () => waitFor(match, checkOptions(options, waitChecks))),
    expectNone: (options = {}) => given.track(async () => expectNone(checkOptions(options, noneChecks))),
    fail(error) {
      const isHeard = waiting.size > 0;
      for (const reject of [...waiting]) reject(error);
      return isHeard;
    },
    close() {
      isClosed = true;
      given.release();
      for (const reject of [...waiting]) reject(new ClosedError('the receiver was closed while a test waited'));
    },
  };
}

const descriptionOf = (request: WebhookRequest): string =>
  requestLines(request, request.isAccepted ? ['it is verified'] : refusalLines(request)).join('\n');

/** Promises given to tests, which may never await them. */
function trackGiven() {
  const pending = new Set<{ result?: Promise<unknown> }>();
  return {
    track<Result>(run: () => Promise<Result>): Promise<Result> {
      const entry: { result?: Promise<Result> } = {};
      pending.add(entry);
      return (entry.result = run().finally(() => pending.delete(entry)));
    },
    /** A test that ended during a wait no longer awaits it, which isn't a failure. */
    release(): void {
      for (const { result } of pending) result?.catch(() => undefined);
    },
  };
}

/** One wait: whether it is over, and a timer that ends with it. */
interface Wait {
  isOver: () => boolean;
  timer: (duration: number) => Promise<undefined>;
}

type Begin = <Found>(signal: AbortSignal | undefined, wait: (wait: Wait) => Promise<Found>) => Promise<Found>;

interface Ends {
  signal: AbortSignal | undefined;
  waiting: Set<(error: unknown) => void>;
}

/** Settles like the wait, unless its signal is aborted first, or the receiver fails or is closed. */
function untilEnded<Found>(wait: (wait: Wait) => Promise<Found>, { signal, waiting }: Ends): Promise<Found> {
  let [timer, isOver]: [NodeJS.Timeout | undefined, boolean] = [undefined, false];
  let end: (error: unknown) => void = () => undefined;
  const abort = () => {
    end(signal?.reason);
  };
  const promise = new Promise<Found>((resolve, reject) => {
    end = reject;
    wait({
      isOver: () => isOver,
      timer: duration =>
        new Promise(fire => {
          timer = setTimeout(fire, duration, undefined);
        }),
    }).then(resolve, reject);
  });
  waiting.add(end);
  signal?.addEventListener('abort', abort, { once: true });
  return promise.finally(() => {
    isOver = true;
    clearTimeout(timer);
    waiting.delete(end);
    signal?.removeEventListener('abort', abort);
  });
}

/**
 * Returns the first accepted request that matches and that no other wait has returned; undefined if the log has ended.
 */
async function firstMatch(
  log: RequestLog,
  mismatch: Mismatch,
  isOver: () => boolean,
): Promise<WebhookRequest | undefined> {
  for await (const request of requestsIn(log, isOver)) {
    if (!request.isAccepted || log.isClaimed(request)) continue;
    if ((await mismatch(request)) !== undefined || isOver()) continue;
    if (log.claim(request)) return request;
  }
  return undefined;
}

async function firstUnclaimed(
  log: RequestLog,
  mismatch: Mismatch | undefined,
  isOver: () => boolean,
): Promise<WebhookRequest | undefined> {
  for await (const request of requestsIn(log, isOver)) {
    if (log.isClaimed(request)) continue;
    if (!mismatch || (request.isAccepted && (await mismatch(request)) === undefined)) return request;
  }
  return undefined;
}

/** Yields the kept requests, then new ones as they arrive, until the log ends. */
export async function* requestsIn(
  log: RequestLog,
  isOver: () => boolean = () => false,
): AsyncGenerator<WebhookRequest, undefined, undefined> {
  let seq = 0;
  while (!isOver()) {
    const request = log.after(seq);
    if (request) {
      seq = request.seq;
      yield request;
    } else if (log.hasEnded()) return undefined;
    else await log.changed();
  }
  return undefined;
}
