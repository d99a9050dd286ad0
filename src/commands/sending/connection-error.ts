import { ConnectionError, LocalError } from '../../errors.js';
import { failureCode, type Failure, type FailureReason } from '../../sender/failure.js';
import { isLoopback } from '../../http/target.js';

export interface Circumstances {
  url: URL;
  /** Milliseconds. */
  timeout: number;
}

/** Words the failure of a delivery, for the person at the keyboard. */
export function connectionError(failure: Failure, circumstances: Circumstances): ConnectionError | LocalError {
  const { message, hint } = words[failure.reason](circumstances, failureCode(failure.cause));
  return new (errorClass(failure))(message, { hint, cause: failure.cause });
}

/** The error that reports a failure. What this machine lacks says nothing about the receiver. */
const errorClass = ({ reason }: Failure): typeof ConnectionError | typeof LocalError =>
  reason === 'local-error' ? LocalError : ConnectionError;

const words: Record<FailureReason, (circumstances: Circumstances, code: string) => { message: string; hint: string }> =
  {
    refused: ({ url }) => ({ message: `nothing is listening on ${url.origin}`, hint: hintToRefusal(url) }),
    reset: ({ url }) => ({
      message: `${url.origin} closed the connection without a whole answer`,
      hint: `the receiver's own log may show why${orHttps(url)}`,
    }),
    unreachable: ({ url }, code) => ({
      message: `${url.origin} can't be reached (${code})`,
      hint: 'is this machine on the right network, and is the address right?',
    }),
    'unknown-host': ({ url }) => ({
      message: `there is no host called "${url.hostname}"`,
      hint: 'is it spelt right, and does it need a VPN?',
    }),
    'dns-unavailable': ({ url }) => ({
      message: `no name server could be asked for "${url.hostname}"`,
      hint: 'is this machine on the network?',
    }),
    tls: ({ url }, code) => ({
      message: `no secure connection to ${url.origin}: ${tlsWords(code)} (${code})`,
      hint: hintToTls(url, code),
    }),
    'not-http': ({ url }) => ({
      message: `what ${url.origin} answered isn't HTTP`,
      hint: `does this port speak another protocol${orHttps(url)}`,
    }),
    timeout: ({ url, timeout }) => ({
      message: `no whole answer from ${url.origin} within ${seconds(timeout)}`,
      hint: 'allow more time with --timeout, or find out what the receiver waits for',
    }),
    'local-error': ({ url }, code) => {
      const { what, hint } = shortages[code] ?? { what: 'this machine has run out of something', hint: fewerAtOnce };
      return { message: `can't connect to ${url.origin}: ${what} (${code})`, hint };
    },
  };

interface Shortage {
  what: string;
  hint: string;
}

const fewerAtOnce = 'send fewer requests at a time, or close other programs';

const noPort: Shortage = {
  what: 'this machine has no free port or no address for it',
  hint: 'send fewer requests at a time, and check that this machine has an address of that family (IPv4 or IPv6)',
};

/** What a machine may run out of. */
const shortages: Readonly<Record<string, Shortage>> = {
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

function hintToRefusal({ protocol, hostname, port }: URL): string {
  if (!isLoopback(hostname)) return 'is the host right, and is the receiver running?';
  if (protocol === 'http:' && port === '4665') return 'start "webhook-cli listen" in another terminal, or pass --url';
  const other = hostname === 'localhost' ? '' : ' if it listens on the other family of addresses, write localhost';
  return `is the receiver running, and on this port?${other}`;
}

/** OpenSSL's codes for an answer that isn't TLS, and for a chain that ends in an unknown authority. */
const notTls = /WRONG_VERSION_NUMBER|^EPROTO$/;
const wantsCertificate = /CERTIFICATE_REQUIRED/;
const unknownAuthority = /SELF_SIGNED|UNABLE_TO_/;

function hintToTls({ host }: URL, code: string): string {
  if (notTls.test(code)) return `does it speak https at all? http://${host} may work`;
  if (unknownAuthority.test(code))
    return 'pass that certificate, or that of its authority, with --cacert; --insecure accepts any';
  if (wantsCertificate.test(code)) return 'pass your certificate with --cert, and its private key with --key';
  return /CERT|EXPIRED/.test(code)
    ? 'fix its certificate, or pass --insecure to accept any'
    : 'does it want another version of TLS, or a certificate of yours (--cert, --key)?';
}

function tlsWords(code: string): string {
  const [, words] = tlsProblems.find(([pattern]) => pattern.test(code)) ?? [];
  return words ?? 'TLS failed';
}

const tlsProblems: readonly (readonly [RegExp, string])[] = [
  [/DEPTH_ZERO_SELF_SIGNED/, 'its certificate is signed by itself'],
  [unknownAuthority, "its certificate comes from an authority that this machine doesn't know"],
  [wantsCertificate, 'it wants a certificate of yours'],
  [/EXPIRED/, 'its certificate has expired'],
  [/NOT_YET_VALID/, "its certificate isn't valid yet"],
  [/ALTNAME/, 'its certificate is for another host'],
  [notTls, "what answers there doesn't speak TLS"],
];

const orHttps = ({ protocol }: URL): string => (protocol === 'http:' ? ', or does it expect https?' : '?');

const seconds = (milliseconds: number): string =>
  milliseconds < 1000 ? `${milliseconds} ms` : `${Math.round(milliseconds / 100) / 10} s`;
