import type { Delivery } from '../../conformance/case.js';
import type { RequestSettings } from '../../config/settings.js';
import type { DeliveryRequest } from '../../sender/http-client.js';
import { hasHeader, type Header } from '../../http/header.js';

/** A delivery of the suite, on its way to the receiver. What a case sends wins over the user's headers, and those over ours. */
export function requestFrom(
  { method, headers, body, transfer }: Delivery,
  { url, headers: own }: Pick<RequestSettings, 'url' | 'headers'>,
  version: string,
): DeliveryRequest {
  const given = own.filter(([name]) => !hasHeader(headers, name.toLowerCase()));
  const usual: Header[] = [
    ['content-type', 'application/json'],
    ['user-agent', `webhook-cli/${version} (check)`],
  ];
  const missing = usual.filter(([name]) => !hasHeader([...headers, ...given], name));
  return { method, url, headers: [...missing, ...headers, ...given], body, transfer };
}
