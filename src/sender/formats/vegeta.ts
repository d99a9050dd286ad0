import { groupHeaders } from '../../http/header.js';
import type { DeliveryRequest } from '../attempt.js';

/** Returns a target of `vegeta attack -format=json`, as one line without a line break: https://github.com/tsenart/vegeta#json-format. */
export function vegetaTarget({ method, url, headers, body }: DeliveryRequest): string {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  return JSON.stringify({
    method,
    url: url.href,
    header: Object.fromEntries(groupHeaders(headers, inGo)),
    body: bytes.toString('base64'),
  });
}

/** Spells a name as Go does. Go doesn't recognise `user-agent` as its own `User-Agent`, and would send both. */
const inGo = (name: string): string =>
  name.toLowerCase().replace(/(?:^|-)[a-z]/g, beginning => beginning.toUpperCase());
