import { valuesOf, type Header } from '../../../http/header.js';
import { jsonForms, type JsonForms } from '../json/forms.js';
import { tokensOf, type Token } from '../json/tokens.js';
import { utf8In } from '../../../text/utf8.js';

/** A captured body and its request. */
export interface BodyMaterial {
  bytes: Uint8Array;
  headers: readonly Header[];
  method: string;
  /** The request target or the URL, whichever is known; empty if neither is. */
  targets: readonly string[];
  /** The template of the signed content. */
  signed: string;
  /** The `content-encoding`, in lower case; empty if there is none. */
  encoding: string;
  /** The body as text, undefined if it isn't UTF-8. A byte order mark stays in it. */
  text: () => string | undefined;
  /** The body as JSON, undefined if it isn't JSON. */
  tokens: () => Token[] | undefined;
  /** The forms it may have had as JSON. */
  forms: () => JsonForms | undefined;
}

interface Captured {
  body: Uint8Array;
  headers: readonly Header[];
  method: string;
  url?: URL;
  /** The request target as received. */
  target?: string | undefined;
  /** The template of the signed content. Default: only the body. */
  signed?: string | undefined;
}

export function bodyMaterial({ body, headers, method, url, target, signed = '{body}' }: Captured): BodyMaterial {
  const tokens = once(() => tokensOf(body));
  const path = url && url.pathname + url.search;
  return {
    bytes: body,
    headers,
    method,
    targets: [...new Set([target, path, url?.href])].filter(each => each !== undefined),
    signed,
    encoding: valuesOf('content-encoding', headers).join(', ').toLowerCase(),
    text: once(() => utf8In(body)),
    tokens,
    forms: once(() => {
      const known = tokens();
      return known && jsonForms(known);
    }),
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
