import type { ProtocolError } from './received-request.js';

/** Why a receiver couldn't handle what a client sent. */
export const protocolErrorWords: Readonly<Record<ProtocolError['reason'], string>> = {
  'not-http': 'not an HTTP request',
  tls: 'an HTTPS client on this HTTP port',
  http2: "the client speaks HTTP/2, which this tool doesn't",
  ambiguous: 'a request that two servers could read differently',
  connect: 'a proxy request (CONNECT)',
  'headers-too-large': 'the headers are too large',
  'too-slow': 'the request took too long',
  'too-many-requests': 'more requests at once than can be held',
};
