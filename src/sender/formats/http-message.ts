import type { DeliveryRequest } from '../attempt.js';
import { hasHeader, type Header } from '../../http/header.js';
import { targetOf } from '../../http/target.js';

/** Returns the request as HTTP/1.1 sends it, without connection headers. */
export function httpMessage(request: DeliveryRequest): Uint8Array {
  const { method, url, headers, body } = request;
  const host: Header[] = hasHeader(headers, 'host') ? [] : [['host', url.host]];
  const lines = [...host, ...headers, ['content-length', String(body.length)]].map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const head = `${method} ${targetOf(request)} HTTP/1.1\r\n${lines.join('')}\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}
