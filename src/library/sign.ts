import { hasHeader, type Header } from '../http/header.js';
import type { HashName } from '../scheme/definition.js';
import { signingWith } from '../scheme/signing.js';
import { deliveryId } from '../sender/request.js';
import { bytesOf, type BodyInput } from './body.js';
import { systemClock } from './clock.js';
import { headersToSend, recordOf, type HeadersLike } from './headers.js';
import { schemeChecks, schemeOf, secretsOf, type SchemeOptions } from './options.js';
import { anything, checkOptions, date, headerText, token, type Checks } from './shape.js';
import { targetUrl } from './target.js';

export interface SignOptions extends SchemeOptions {
  /** The algorithm of the HMAC, if the scheme allows several. Default: the scheme's first. */
  algorithm?: HashName | undefined;
  /** The time to sign, for schemes with a time. Default: now. */
  now?: Date | undefined;
  /** The id of the event, for schemes with one in a header. Default: a new one. */
  id?: string | undefined;
  /** Default: `POST`. */
  method?: string | undefined;
  /** The receiver's URL, for schemes that sign it. */
  url?: string | URL | undefined;
  /** Your own headers, which take precedence over `content-type: application/json`. */
  headers?: HeadersLike | undefined;
}

/** A request, ready to send with any client. */
export interface SignedRequest {
  method: string;
  /** `content-type`, your own headers and those of the signature. Names are in lower case. */
  headers: Record<string, string>;
  /** The exact bytes that were signed. */
  body: Buffer<ArrayBuffer>;
}

const signChecks: Checks<SignOptions> = {
  ...schemeChecks,
  algorithm: anything,
  now: date,
  id: headerText,
  method: token,
  url: anything,
  headers: anything,
};

/**
 * Signs a body as its sender would. A value is serialised once, and the signed bytes are returned with the headers.
 * Throws UsageError for invalid options.
 */
export function sign(body: BodyInput, options: SignOptions): SignedRequest {
  checkOptions(options, signChecks);
  const scheme = schemeOf(options);
  const [secret] = secretsOf(options, scheme);
  const { method = 'POST', now = systemClock.now(), id = deliveryId(scheme, systemClock) } = options;
  const own = headersToSend(options.headers, scheme);
  const message = {
    method,
    headers: own,
    body: bytesOf(body),
    ...(options.url !== undefined && { url: targetUrl(options.url) }),
  };
  const headers = scheme.sign(message, { ...signingWith(secret, options.algorithm, scheme), now, id });
  const usual: Header[] = hasHeader(own, 'content-type') ? [] : [['content-type', 'application/json']];
  return { method, headers: { ...recordOf([...usual, ...own, ...headers]) }, body: message.body };
}
