import type { RequestSettings } from '../config/settings.js';
import type { DeliveryRequest } from './http-client.js';
import { hasHeader, type Header } from '../http/header.js';
import type { Secret } from '../scheme/secret.js';
import { defaultScheme } from '../scheme/schemes.js';

interface Making {
  settings: Pick<RequestSettings, 'url' | 'headers' | 'algorithm'>;
  /** None: unsigned. */
  secret: Secret | undefined;
  version: string;
}

/** Makes the request that Fin would send with a body. The user's own headers win over ours. */
export function createRequestMaker({
  settings: { url, headers, algorithm },
  secret,
  version,
}: Making): (body: Uint8Array) => DeliveryRequest {
  const usual: Header[] = [
    ['content-type', 'application/json'],
    ['user-agent', `webhook-cli/${version}`],
  ];
  const ours = usual.filter(([name]) => !hasHeader(headers, name));
  return body => {
    const signature = secret
      ? defaultScheme.sign({ method: 'POST', headers, body }, { secret, algorithm, now: new Date(0) })
      : [];
    return { method: 'POST', url, headers: [...ours, ...signature, ...headers], body };
  };
}
