import type { SchemeDefinition } from '../definition.js';

/** https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries */
export const github: SchemeDefinition = {
  signature: { header: 'x-hub-signature-256', prefix: 'sha256=' },
  id: { header: 'x-github-delivery' },
  event: { header: 'x-github-event' },
  accepts: '2xx',
  timeout: '10s',
  sample: {
    headers: { 'x-github-event': 'ping' },
    body: { zen: 'Sample payloads are small.', hook_id: 1, hook: { type: 'Repository', id: 1, active: true } },
  },
};
