import { groupHeaders } from '../../http/header.js';
import type { DeliveryRequest } from '../http-client.js';

/** A target of `vegeta attack -format=json`, as one line without its end: https://github.com/tsenart/vegeta#json-format. */
export function vegetaTarget({ method, url, headers, body }: DeliveryRequest): string {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  return JSON.stringify({
    ...{ method, url: url.href, header: Object.fromEntries(groupHeaders(headers, inGo)) },
    body: bytes.toString('base64'),
  });
}

/** As Go spells header names: it takes `user-agent` for another header than its own `User-Agent`, and would send both. */
const inGo = (name: string): string =>
  name.toLowerCase().replace(/(?:^|-)[a-z]/g, beginning => beginning.toUpperCase());
