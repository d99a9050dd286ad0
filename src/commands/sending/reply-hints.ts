import type { Reply } from '../../sender/attempt.js';
import { grouped } from '../../text/words.js';
import type { Algorithm } from '../../scheme/definition.js';
import type { Scheme } from '../../scheme/scheme.js';

interface Sent {
  bytes: number;
  path: string;
  /** The algorithm of the signature; undefined if unknown. */
  signature: Algorithm | 'none' | undefined;
  scheme: Scheme;
}

/** Returns a hint for an unexpected response, if there is one. It names no flags, because commands differ in them. */
export function hintTo({ status, headers }: Reply, { bytes, path, signature, scheme }: Sent): string | undefined {
  if (isRedirect(status)) {
    const [, location] = headers.find(([name]) => name.toLowerCase() === 'location') ?? [];
    if (location === undefined) return 'it redirects without a location, and redirects are never followed';
    return `it redirects to ${location.slice(0, 200)}, and redirects are never followed: use that URL instead`;
  }
  if (status === 401) return hintToRefusal(signature, scheme);
  if (status >= 500) return statusHints[status] ?? 'the receiver failed: check its log';
  const hint =
    statusHints[status] ?? (status >= 400 ? 'the receiver refused it: check its response or its log' : undefined);
  return hint?.replace('{bytes}', grouped(bytes)).replace('{path}', () => path);
}

function hintToRefusal(signature: Sent['signature'], { algorithms: [usual] }: Scheme): string {
  if (signature === 'none') return 'it was unsigned, so the receiver has to refuse it';
  if (signature === undefined || signature === usual || signature === 'ed25519') return sameSecret;
  return `does the receiver verify with ${signature}? some always use ${usual ?? ''}; if it does, ${sameSecret}`;
}

const sameSecret =
  'do both sides have the same secret (webhook-cli secret)? does it verify the raw body, before any parser?';

/** 304 isn't a redirect: it responds to a conditional request. */
const isRedirect = (status: number): boolean => status >= 300 && status < 400 && status !== 304;

const statusHints: Readonly<Record<number, string>> = {
  200: 'it accepted this: does it verify signatures at all?',
  204: 'it accepted this: does it verify signatures at all?',
  304: '304 only responds to a conditional GET: is there a cache in front of the receiver?',
  400: 'the receiver found it malformed: does it expect this event, and this content type?',
  403: 'something in front of the receiver may have refused it: a firewall, a CSRF check, a login?',
  404: 'is the path right? nothing was found at {path}',
  405: 'is the path right? POST is not allowed at {path}',
  413: 'its limit is below {bytes} bytes: raise the limit of the body parser or the proxy',
  415: "it wants another content type: -H 'content-type: …'",
  422: 'the receiver found it malformed: does it expect this event, and this content type?',
  429: 'too many requests: slow down',
  502: 'a proxy responded: is the application behind it running?',
  503: 'the receiver is starting or overloaded: give it more time',
  504: 'a proxy responded: the application behind it took too long',
  501: "it doesn't support POST: is this the receiver?",
};
