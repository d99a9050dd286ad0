import type { SchemeDefinition } from '../definition.js';

/** https://developers.zoom.us/docs/api/webhooks/#verify-webhook-events */
export const zoom: SchemeDefinition = {
  signature: { header: 'x-zm-signature', prefix: 'v0=' },
  signed: 'v0:{timestamp}:{body}',
  timestamp: { header: 'x-zm-request-timestamp', past: null, future: null },
  event: 'event',
  accepts: '200,204',
  timeout: '3s',
  sample: {
    body: {
      event: 'meeting.started',
      event_ts: 1769851800000,
      payload: { account_id: 'sample', object: { id: '1', topic: 'Sample', type: 2 } },
    },
  },
  handshake: {
    body: { event: 'endpoint.url_validation', event_ts: 1769851800000, payload: { plainToken: '{challenge}' } },
    answer: ['{challenge}', '{hmac}'],
  },
};
