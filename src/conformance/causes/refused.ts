import type { Reply } from '../../sender/http-client.js';
import type { Cause } from './cause.js';

/** A cause that the response to a valid delivery reveals, without looking at signatures. */
interface RefusalRow extends Omit<Cause, 'explains'> {
  /** Whether to send probes first, since the same response may mean that the signature was refused. */
  isGuess?: true;
  shows: (answer: Answer) => boolean;
}

interface Answer {
  status: number;
  /** The `location` of a redirect; empty if there is none. */
  location: string;
  /** The requested URL. */
  url: URL;
  /** The text of the response, in lower case. */
  text: string;
  has: (header: string) => boolean;
}

const rows: readonly RefusalRow[] = [
  {
    id: 'csrf',
    isGuess: true,
    shows: ({ status, text }) =>
      status === 419 || (isClientError(status) && /csrf|xsrf|authenticity.?token|cross.?site request/.test(text)),
    words: 'CSRF protection refuses deliveries, which have no token',
    fix: "exempt this route: @csrf_exempt in Django, validateCsrfTokens(except: ['webhooks/*']) in Laravel, skip_forgery_protection in Rails",
  },
  {
    id: 'redirect-to-https',
    shows: ({ location, url }) => url.protocol === 'http:' && location.startsWith('https:'),
    words: 'it redirects to https, and webhook senders never follow redirects',
    fix: 'give the sender the https URL, or exempt this route from the redirect',
  },
  {
    id: 'redirect-to-login',
    shows: ({ location }) => /log[-_]?in|sign[-_]?in|auth/i.test(location),
    words: 'it redirects to a login page',
    fix: 'exempt the webhook route from the login: the signature authenticates the sender',
  },
  {
    id: 'redirect-to-slash',
    shows: ({ location, url }) => pathOf(location, url) === toggled(url.pathname),
    words: 'it redirects to the same path with or without a trailing slash',
    fix: 'use the URL it redirects to: frameworks such as Django (APPEND_SLASH) and FastAPI insist on one form',
  },
  {
    id: 'redirect',
    shows: ({ status }) => status >= 300 && status < 400 && status !== 304,
    words: 'it redirects, and webhook senders never follow redirects',
    fix: 'use the URL it redirects to',
  },
  {
    id: 'path-not-found',
    isGuess: true,
    shows: ({ status }) => status === 404 || status === 410,
    words: 'nothing is at this path',
    fix: 'compare the path of the URL with the route of the application, including its prefix',
  },
  {
    id: 'method-not-allowed',
    shows: ({ status }) => status === 405,
    words: "it doesn't accept POST at this path",
    fix: 'register the route for POST: app.post, methods=["POST"], @PostMapping',
  },
  {
    id: 'behind-login',
    isGuess: true,
    shows: ({ status, has }) => status === 407 || (status === 401 && has('www-authenticate')),
    words: 'it requires a login before it checks the signature',
    fix: 'exempt the webhook route from the login: the signature authenticates the sender',
  },
  {
    id: 'content-type-refused',
    shows: ({ status }) => status === 415,
    words: "it doesn't accept application/json",
    fix: "accept application/json at this route, with its charset: express.raw({ type: '*/*' })",
  },
  {
    id: 'body-too-large',
    shows: ({ status }) => status === 413,
    words: 'its body limit is smaller than an ordinary event',
    fix: 'raise the limit of the body parser or the proxy to 1 MiB',
  },
  {
    id: 'proxy',
    shows: ({ status }) => [502, 503, 504].includes(status),
    words: 'a proxy responds, but the application behind it is not running',
    fix: 'start the application, or wait until it responds',
  },
  {
    id: 'valid-crashes',
    isGuess: true,
    shows: ({ status }) => status >= 500,
    words: 'it fails on a valid delivery',
    fix: 'check its log: it may have thrown because a parser consumed the body or the secret differs',
  },
];

interface RefusalCause {
  cause: Omit<Cause, 'explains'>;
  isGuess: boolean;
}

/** Returns the cause that the response to a valid delivery reveals. */
export function causeOfRefusal(reply: Reply, url: URL): RefusalCause | undefined {
  const valueOf = (name: string) => reply.headers.find(([each]) => each.toLowerCase() === name)?.[1];
  const answer: Answer = {
    status: reply.status,
    location: reply.status >= 300 && reply.status < 400 ? (valueOf('location') ?? '') : '',
    url,
    text: [reply.statusText, Buffer.from(reply.body.subarray(0, 64 * 1024)).toString('latin1')]
      .join('\n')
      .toLowerCase(),
    has: name => valueOf(name) !== undefined,
  };
  const row = rows.find(({ shows }) => shows(answer));
  return row && { cause: { id: row.id, words: row.words, fix: row.fix }, isGuess: row.isGuess === true };
}

const isClientError = (status: number): boolean => status >= 400 && status < 500;

const toggled = (path: string): string => (path.endsWith('/') ? path.slice(0, -1) : `${path}/`);

const pathOf = (location: string, base: URL): string | undefined =>
  location !== '' && URL.canParse(location, base.href) ? new URL(location, base).pathname : undefined;
