import type { WebhookRequest } from './request.js';

export interface LogLimits {
  /** The number of requests to keep. */
  maxRequests: number;
  /** The bytes that they may take. */
  maxBytes: number;
}

/** The latest requests; the oldest make room for new ones. */
export interface RequestLog {
  readonly requests: readonly WebhookRequest[];
  /** How many were dropped to make room. */
  readonly dropped: () => number;
  /** Requests are added in the order of their numbers, without gaps. */
  add: (request: WebhookRequest, size: number) => void;
  /** The number of the next request. */
  nextSeq: () => number;
  /** Returns the first kept request after `seq`. */
  after: (seq: number) => WebhookRequest | undefined;
  /** Marks a request as returned by a wait. Returns false if another one has returned it. */
  claim: (request: WebhookRequest) => boolean;
  isClaimed: (request: WebhookRequest) => boolean;
  /** Settles when the next request is added, or when the log ends. */
  changed: () => Promise<void>;
  hasEnded: () => boolean;
  end: () => void;
}

export function createLog({ maxRequests, maxBytes }: LogLimits): RequestLog {
  const requests: WebhookRequest[] = [];
  const sizes: number[] = [];
  const claimed = new WeakSet<WebhookRequest>();
  let [bytes, dropped, hasEnded] = [0, 0, false];
  let wake: () => void = () => undefined;
  let next: Promise<void> | undefined;
  const notify = () => {
    next = undefined;
    wake();
  };
  return {
    requests,
    dropped: () => dropped,
    nextSeq: () => dropped + requests.length + 1,
    add(request, size) {
      requests.push(request);
      sizes.push(size);
      bytes += size;
      // The latest is always kept, even if it is too large.
      while (requests.length > 1 && (requests.length > maxRequests || bytes > maxBytes)) {
        requests.shift();
        bytes -= sizes.shift() ?? 0;
        dropped += 1;
      }
      notify();
    },
    after(seq) {
      const first = requests[0]?.seq ?? 0;
      return requests[Math.max(0, seq + 1 - first)];
    },
    claim(request) {
      if (claimed.has(request)) return false;
      claimed.add(request);
      return true;
    },
    isClaimed: request => claimed.has(request),
    changed: () =>
      hasEnded
        ? Promise.resolve()
        : (next ??= new Promise(resolve => {
            wake = resolve;
          })),
    hasEnded: () => hasEnded,
    end() {
      hasEnded = true;
      notify();
    },
  };
}
