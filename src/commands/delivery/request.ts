import type { RequestSettings } from '../../config/settings.js';
import type { DeliveryRequest } from '../../delivery/deliver.js';
import { hasHeader, type Header } from '../../http/header.js';
import { signatureHeaders } from '../../signature/fin.js';
import type { Secret } from '../../signature/secret.js';

interface Making {
  settings: Pick<RequestSettings, 'url' | 'headers' | 'algorithm'>;
  /** None: unsigned. */
  secret: Secret | undefined;
  version: string;
}

/** The request that Fin would send with this body. The user's own headers win over ours. */
export function requestFor(
  body: Uint8Array,
  { settings: { url, headers, algorithm }, secret, version }: Making,
): DeliveryRequest {
  const usual: Header[] = [
    ['content-type', 'application/json'],
    ['user-agent', `webhook-cli/${version}`],
  ];
  const signature = secret ? signatureHeaders(body, secret, algorithm) : [];
  return {
    method: 'POST',
    url,
    headers: [...usual.filter(([name]) => !hasHeader(headers, name)), ...signature, ...headers],
    body,
  };
}
