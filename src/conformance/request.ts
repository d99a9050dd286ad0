import { hasHeader, type Header } from '../http/header.js';
import type { DeliveryRequest } from '../sender/http-client.js';
import type { Delivery } from './delivery.js';

export interface Target {
  url: URL;
  /** The user's own headers. */
  headers: readonly Header[];
  /** The version of this package, for the user agent. */
  version: string;
}

/** Turns a delivery into a request. A case's headers take precedence over the user's, and those over the defaults. */
export function requestFrom(
  { method, headers, body, transfer }: Pick<Delivery, 'method' | 'headers' | 'body' | 'transfer'>,
  { url, headers: own, version }: Target,
): DeliveryRequest {
  const given = own.filter(([name]) => !hasHeader(headers, name.toLowerCase()));
  const usual: Header[] = [
    ['content-type', 'application/json'],
    ['user-agent', `webhook-cli/${version} (check)`],
  ];
  const missing = usual.filter(([name]) => !hasHeader([...headers, ...given], name));
  return { method, url, headers: [...missing, ...headers, ...given], body, transfer };
}
