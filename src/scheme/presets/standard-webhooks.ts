import type { SchemeDefinition } from '../definition.js';

/** https://github.com/standard-webhooks/standard-webhooks; `v1a` is the version with ed25519. */
export const standardWebhooks: SchemeDefinition = {
  signature: { header: 'webhook-signature', encoding: 'base64', list: ' ', pair: ',', key: 'v1', ed25519: 'v1a' },
  secret: 'whsec',
  signed: '{id}.{timestamp}.{body}',
  timestamp: { header: 'webhook-timestamp', past: '5m', future: '5m' },
  id: { header: 'webhook-id' },
  event: 'type',
  accepts: '2xx',
  timeout: '15s',
  sample: { body: { type: 'example.created', timestamp: '2026-01-31T09:30:00Z', data: { id: 'example_1' } } },
};
