import { ConnectionError, LocalError, systemWords } from '../../errors.js';
import { failureCode, type Failure, type FailureReason, type Flaw } from '../../sender/failure.js';
import { isLoopback } from '../../http/target.js';
import { ProxyError, type Proxied, type Route } from '../../sender/route.js';
import { hostAndPort } from '../connection/remote.js';
import { http1Too, tlsWords } from './tls-words.js';

export interface Circumstances {
  url: URL;
  /** Milliseconds. */
  timeout: number;
}

/** Describes the failure of a delivery for the user. */
export function connectionError(failure: Failure, circumstances: Circumstances): ConnectionError | LocalError {
  const { cause, route } = failure;
  const place = { ...circumstances, at: placeOf(circumstances.url, route), route, flaw: failure.flaw };
  const { message, hint } = words[failure.reason](place, failureCode(cause), cause);
  return new (errorClass(failure))(message, { hint, cause });
}

/** The error that reports a failure: a local error if this machine lacks something. */
const errorClass = ({ reason }: Failure): typeof ConnectionError | typeof LocalError =>
  reason === 'local-error' ? LocalError : ConnectionError;

interface Place extends Circumstances {
  /** Where the bytes went, in words. */
  at: string;
  route: Route | undefined;
  flaw: Flaw | undefined;
}

function placeOf({ origin }: URL, route: Route | undefined): string {
  switch (route?.kind) {
    case undefined:
    case 'proxy':
      return origin;
    case 'address':
      return `${hostAndPort(route)} (for ${origin})`;
    case 'socket':
      return `the socket ${route.path} (for ${origin})`;
  }
}

interface Words {
  message: string;
  hint: string;
}

const words: Record<FailureReason, (place: Place, code: string, cause: unknown) => Words> = {
  refused: place => ({ message: `nothing is listening on ${place.at}`, hint: hintToRefusal(place) }),
  reset: ({ url, at }) => ({
    message: `${at} closed the connection before its response was complete`,
    hint: `the receiver's log may show why${orHttps(url)}`,
  }),
  unreachable: ({ at, route }, code, cause) =>
    route?.kind === 'socket'
      ? { message: `${at} can't be reached: ${systemWords(cause)}`, hint: hintToSocket(code) }
      : {
          message: `${at} can't be reached (${code})`,
          hint: 'is this machine on the right network, and is the address right?',
        },
  'unknown-host': ({ url, route }) => ({
    message: `no host is called "${route?.kind === 'address' ? route.host : url.hostname}"`,
    hint: 'is it spelt right, and does it need a VPN?',
  }),
  'dns-unavailable': ({ url, route }) => ({
    message: `no name server responded for "${route?.kind === 'address' ? route.host : url.hostname}"`,
    hint: 'is this machine online?',
  }),
  tls: ({ url, at }, code) => {
    const { what, hint } = tlsWords(url, code);
    return { message: `no secure connection to ${at}: ${what} (${code})`, hint };
  },
  'not-http': ({ url, at, flaw }) => {
    if (flaw) return { message: `${at} ${flaws[flaw].what}`, hint: flaws[flaw].hint };
    return {
      message: `the response from ${at} isn't HTTP`,
      hint: `does this port speak another protocol${orHttps(url)}`,
    };
  },
  timeout: ({ at, timeout }) => ({
    message: `no complete response from ${at} within ${seconds(timeout)}`,
    hint: 'allow more time with --timeout, or find out what the receiver waits for',
  }),
  proxy: ({ at, route }, _, cause) => proxyWords(at, route, cause),
  'local-error': ({ at }, code) => {
    const { what, hint } = shortages[code] ?? { what: 'this machine has run out of something', hint: fewerAtOnce };
    return { message: `can't connect to ${at}: ${what} (${code})`, hint };
  },
};

function proxyWords(at: string, route: Route | undefined, cause: unknown): Words {
  if (route?.kind !== 'proxy' || !(cause instanceof ProxyError)) {
    return { message: `the proxy didn't connect to ${at}`, hint: aroundProxy };
  }
  const { status } = cause;
  const what = status === undefined ? `can't be reached (${failureCode(cause.cause)})` : `returned ${status}`;
  return {
    message: `the proxy ${route.proxy.origin} ${what}, so nothing went to ${at}`,
    hint: hintToProxy(status, route),
  };
}

const aroundProxy = '--no-proxy bypasses it, and NO_PROXY lists hosts to reach directly';

function hintToProxy(status: number | undefined, { source, authorization }: Proxied): string {
  if (status === undefined) return `is ${source} right? ${aroundProxy}`;
  if (status !== 407) return `can the proxy reach the receiver, and is it allowed to? ${aroundProxy}`;
  return authorization === undefined
    ? `it needs a user name and a password: set ${source} to http://user:password@host:port`
    : `are the user name and the password in ${source} right?`;
}

const hintToSocket = (code: string): string =>
  code === 'EACCES' || code === 'EPERM' ? 'check its permissions' : 'is the path right, and is the receiver running?';

const bareLf = (line: string): Phrase => ({
  what: `sent an invalid response: ${line} ends with LF instead of CRLF`,
  hint: 'fix how the receiver, or a proxy in front of it, writes its response',
});

const flaws: Readonly<Record<Flaw, Phrase>> = {
  'long-headers': {
    what: 'sent more than 16 KiB of headers, which is the limit',
    hint: 'does it set too many cookies, or put long text in a header?',
  },
  'bare-lf-status': bareLf('its status line'),
  'bare-lf-header': bareLf('one of its header lines'),
  'bare-lf-chunk': bareLf('the size of a chunk'),
  http2: { what: "speaks HTTP/2, which this tool doesn't", hint: http1Too },
};

interface Phrase {
  what: string;
  hint: string;
}

const fewerAtOnce = 'send fewer requests at a time, or close other programs';

const noPort: Phrase = {
  what: 'this machine has no free port or no address of this family',
  hint: 'send fewer requests at a time, and check that this machine has an address of the right family (IPv4 or IPv6)',
};

/** Resources that a machine may run out of. */
const shortages: Readonly<Record<string, Phrase>> = {
  EMFILE: {
    what: 'too many files are open',
    hint: 'raise the limit with "ulimit -n", or send fewer requests at a time',
  },
  ENFILE: { what: 'too many files are open on this machine', hint: fewerAtOnce },
  ENOBUFS: { what: 'the system has no buffers left', hint: fewerAtOnce },
  ENOMEM: { what: 'the system has no memory left', hint: fewerAtOnce },
  EAI_MEMORY: { what: 'the system has no memory left', hint: fewerAtOnce },
  EADDRINUSE: noPort,
  EADDRNOTAVAIL: noPort,
};

function hintToRefusal({ url: { protocol, hostname, port }, route }: Place): string {
  if (route?.kind === 'socket') return 'is it a socket, and is the receiver running?';
  if (route) return 'is the address right, and is the receiver running?';
  if (!isLoopback(hostname)) return 'is the host right, and is the receiver running?';
  if (protocol === 'http:' && port === '4665') return 'start "webhook-cli listen" in another terminal, or pass --url';
  const other = hostname === 'localhost' ? '' : ' if it only listens on IPv4 or IPv6, write localhost';
  return `is the receiver running, and on this port?${other}`;
}

const orHttps = ({ protocol }: URL): string => (protocol === 'http:' ? ', or does it expect https?' : '?');

const seconds = (milliseconds: number): string =>
  milliseconds < 1000 ? `${milliseconds} ms` : `${Math.round(milliseconds / 100) / 10} s`;
