import type { Reply } from '../../sender/http-client.js';
import type { Cause } from './cause.js';

/** A cause that the answer to a valid delivery shows by itself, without a look at signatures. */
interface RefusalRow extends Omit<Cause, 'explains'> {
  /** Whether probes come first, since the same answer may mean that the signature was refused. */
  isGuess?: true;
  shows: (answer: Answer) => boolean;
}

interface Answer {
  status: number;
  /** The `location` of a redirect; empty if there is none. */
  location: string;
  /** The URL that was asked for. */
  url: URL;
  /** What the answer says, in lower case. */
  text: string;
  has: (header: string) => boolean;
}

const rows: readonly RefusalRow[] = [
  {
    id: 'csrf',
    isGuess: true,
    shows: ({ status, text }) =>
      status === 419 || (isClientError(status) && /csrf|xsrf|authenticity.?token|cross.?site request/.test(text)),
    words: 'a protection against cross-site requests (CSRF) refuses deliveries, which have no token',
    fix: "exempt this route: @csrf_exempt in Django, validateCsrfTokens(except: ['webhooks/*']) in Laravel, skip_forgery_protection in Rails",
  },
  {
    id: 'redirect-to-https',
    shows: ({ location, url }) => url.protocol === 'http:' && location.startsWith('https:'),
    words: 'it redirects to https, and senders of webhooks follow no redirect',
    fix: 'give the sender the https URL, or except this route from the redirect',
  },
  {
    id: 'redirect-to-login',
    shows: ({ location }) => /log[-_]?in|sign[-_]?in|auth/i.test(location),
    words: 'it redirects to a login: the route is behind one',
    fix: 'take the route of the webhook out of the login: its signature is what proves who sends',
  },
  {
    id: 'redirect-to-slash',
    shows: ({ location, url }) => pathOf(location, url) === toggled(url.pathname),
    words: 'it redirects to the same path with or without a slash at its end',
    fix: 'use the URL that it redirects to: frameworks such as Django (APPEND_SLASH) and FastAPI insist on one form',
  },
  {
    id: 'redirect',
    shows: ({ status }) => status >= 300 && status < 400 && status !== 304,
    words: 'it redirects, and senders of webhooks follow no redirect',
    fix: 'use the URL that it redirects to',
  },
  {
    id: 'path-not-found',
    isGuess: true,
    shows: ({ status }) => status === 404 || status === 410,
    words: 'it has nothing at this path',
    fix: 'compare the path of the URL with the route of the application, its prefix included',
  },
  {
    id: 'method-not-allowed',
    shows: ({ status }) => status === 405,
    words: "it doesn't take POST at this path",
    fix: 'register the route for POST: app.post, methods=["POST"], @PostMapping',
  },
  {
    id: 'behind-login',
    isGuess: true,
    shows: ({ status, has }) => status === 407 || (status === 401 && has('www-authenticate')),
    words: 'it asks for a login before it looks at the signature',
    fix: 'take the route of the webhook out of the login: its signature is what proves who sends',
  },
  {
    id: 'content-type-refused',
    shows: ({ status }) => status === 415,
    words: "it doesn't take application/json",
    fix: "accept application/json at this route, with its charset: express.raw({ type: '*/*' })",
  },
  {
    id: 'body-too-large',
    shows: ({ status }) => status === 413,
    words: 'its limit for bodies is below the size of an ordinary event',
    fix: 'raise the limit of the body parser or of the proxy to 1 MiB',
  },
  {
    id: 'proxy',
    shows: ({ status }) => [502, 503, 504].includes(status),
    words: 'a proxy answers, and the application behind it is not there',
    fix: 'start the application, or wait until it answers',
  },
  {
    id: 'valid-crashes',
    isGuess: true,
    shows: ({ status }) => status >= 500,
    words: 'it fails on a valid delivery',
    fix: 'look into its log: an exception may also be its refusal, after a parser took the body or with another secret',
  },
];

interface RefusalCause {
  cause: Omit<Cause, 'explains'>;
  isGuess: boolean;
}

/** Returns what the answer to a valid delivery shows. */
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
