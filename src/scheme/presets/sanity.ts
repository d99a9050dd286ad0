import type { SchemeDefinition } from '../definition.js';

/** https://www.sanity.io/docs/webhooks; its toolkit signs the time in milliseconds and checks no tolerance. */
export const sanity: SchemeDefinition = {
  signature: { header: 'sanity-webhook-signature', encoding: 'base64url', list: ',', pair: '=', key: 'v1' },
  signed: '{timestamp}.{body}',
  timestamp: { key: 't', unit: 'ms', past: null, future: null },
  id: { header: 'idempotency-key' },
  event: { header: 'sanity-operation' },
  accepts: '2xx',
  sample: { headers: { 'sanity-operation': 'create' }, body: { _id: 'sample', _type: 'post', title: 'Sample' } },
};
