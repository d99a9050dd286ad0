import { createHttpClient, type Answered, type HttpClient, type Trust } from '../sender/http-client.js';
import type { RouteFinder } from '../sender/route.js';
import type { Failure, FailureReason } from '../sender/failure.js';
import { hasHeader, isWrittenByClient, valuesOf, type Header } from '../http/header.js';
import { originForm } from '../http/target.js';
import type { Scheme } from '../scheme/scheme.js';
import type { ReceivedRequest } from './received-request.js';
import type { Answer } from './responses.js';

/** Forwards requests to the application behind the receiver. */
export interface Forwarder {
  /**
   * Resolves when the application has responded or won't; neither is an error. Once `ending` is aborted, it stops
   * waiting.
   */
  forward: (request: ReceivedRequest, ending: AbortSignal) => Promise<Forwarded>;
  /** Whether the request's target is on the application, below the path of its URL. */
  canTake: (request: Pick<ReceivedRequest, 'target'>) => boolean;
  /** Whether a request has already passed through this forwarder. */
  isLoop: (request: Pick<ReceivedRequest, 'headers'>) => boolean;
  close: () => Promise<void>;
}

export interface Forwarded {
  /** The requested target, byte for byte. */
  url: string;
  /** The application's response, or why there is none. */
  outcome: Answered | { failure: Pick<Failure, 'cause'> & { reason: ForwardFailureReason }; milliseconds: number };
  /** For the sender. */
  answer: Answer;
}

/**
 * `stopped`: the receiver was closed before the application had responded. `not-sendable`: the HTTP client refuses the
 * request.
 */
export type ForwardFailureReason = FailureReason | 'stopped' | 'not-sendable';

export interface ForwarderOptions extends Pick<Trust, 'authorities' | 'isInsecure'> {
  /** The application's URL. Its path and query are put before those of each request. */
  url: URL;
  /** Milliseconds for each request. */
  timeout: number;
  /** Unique to this forwarder: it marks the requests that have passed through it. */
  id: string;
  /** Signature headers that a sender can't have removed. */
  scheme: Pick<Scheme, 'headers'>;
  /** The path that maps to the application's own: requests for it go to the URL itself, like those for `/`. */
  path?: string | undefined;
  /** Undefined if requests go straight to the application. */
  routeOf?: RouteFinder | undefined;
  /** Headers to set on each request, replacing its own. They may include `host`. */
  headers?: readonly Header[] | undefined;
}

export function createForwarder(options: ForwarderOptions): Forwarder {
  const { url, id, scheme, path, headers: own = [] } = options;
  const client: HttpClient = createHttpClient(options);
  const isOwn = ([name]: Header): boolean => hasHeader(own, name.toLowerCase());
  const mark = `1.1 webhook-cli-${id}`;
  const targetFor = createTargets(url, path);
  return {
    isLoop: ({ headers }) => valuesOf('via', headers).some(value => value.includes(mark)),
    canTake: ({ target }) => targetFor(target) !== undefined,
    close: client.close,
    async forward({ method, target: given, headers, body }, ending) {
      const start = performance.now();
      const target = targetFor(given) ?? '/';
      const request = {
        url,
        target,
        method,
        headers: [
          ...endToEnd(headers, scheme.headers).filter(header => !isOwn(header)),
          ...own,
          ['via', mark] as const,
        ],
        body,
      };
      const outcome = await client.deliver(request, ending).catch((cause: unknown): Forwarded['outcome'] => {
        // It would end the listener, which also serves others.
        const reason = ending.aborted ? 'stopped' : 'not-sendable';
        return { failure: { reason, cause }, milliseconds: Math.round(performance.now() - start) };
      });
      return { url: url.origin + target, outcome, answer: answerOf(outcome, scheme.headers) };
    },
  };
}

/**
 * Returns a function that maps a request's target to the application, byte for byte, or to undefined if there is
 * none. A path that already begins with the application's isn't prefixed again.
 */
export function createTargets(
  { pathname, search }: URL,
  own: string | undefined,
): (target: string) => string | undefined {
  const base = pathname.replace(/\/$/, '');
  if (base === '' && search === '') return given => rooted(originForm(given));
  return given => {
    const [, path = '', query = ''] = /^([^?]*)(.*)$/s.exec(originForm(given)) ?? [];
    const place = ['/', '*', own].includes(path) ? pathname : pathBelow(base, path);
    return place && place + joinQueries(search, query);
  };
}

const rooted = (path: string): string | undefined => (path.startsWith('/') ? path : undefined);

function pathBelow(base: string, path: string): string | undefined {
  if (base === '') return rooted(path);
  // Otherwise a sender could escape from the user's path.
  if (climbs.test(path)) return undefined;
  return path === base || path.startsWith(`${base}/`) ? path : rooted(path) && base + path;
}

const joinQueries = (first: string, second: string): string =>
  first === '' || second === '' ? first + second : `${first}&${second.slice(1)}`;

/** `..` as a segment of a path, as servers may read it. */
const climbs = /(?:[/\\]|%2f|%5c)(?:\.|%2e){2}(?:[/\\;#]|%2f|%5c|$)/i;

/**
 * Removes hop-by-hop headers (RFC 9110, 7.6.1) and the host, which becomes the application's. A sender
 * can't list `kept` headers in `connection`: that would strip the signature from a verified request.
 */
function endToEnd(headers: readonly Header[], kept: readonly string[]): Header[] {
  const named = valuesOf('connection', headers)
    .flatMap(value => value.toLowerCase().split(','))
    .map(name => name.trim())
    .filter(name => !kept.includes(name));
  return headers.filter(([name]) => {
    const lower = name.toLowerCase();
    return lower !== 'host' && !lower.startsWith('proxy-') && !isWrittenByClient(lower) && !named.includes(lower);
  });
}

const failureStatus = (reason: ForwardFailureReason): number => (['timeout', 'stopped'].includes(reason) ? 504 : 502);

function answerOf(outcome: Forwarded['outcome'], kept: readonly string[]): Answer {
  if ('failure' in outcome) return { status: failureStatus(outcome.failure.reason) };
  const { status, headers, body, isBodyCut } = outcome.reply;
  // The sender would mistake a partial response for a complete one.
  return isBodyCut ? { status: 502 } : { status, content: { headers: endToEnd(headers, kept), body } };
}
