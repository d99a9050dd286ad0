import type { DeliveryRequest } from './deliver.js';
import { hasHeader, type Header } from '../http/header.js';

/** The request as HTTP/1.1 puts it on the wire, but for what only concerns the connection. */
export function httpMessage({ method, url, headers, body }: DeliveryRequest): Uint8Array {
  const host: Header[] = hasHeader(headers, 'host') ? [] : [['host', url.host]];
  const lines = [...host, ...headers, ['content-length', String(body.length)]].map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const head = `${method} ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join('')}\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}
