import type { SchemeDefinition } from '../definition.js';

/** https://developer.paddle.com/webhooks/signature-verification; the tolerance is that of Paddle's own SDK. */
export const paddle: SchemeDefinition = {
  signature: { header: 'paddle-signature', list: ';', pair: '=', key: 'h1' },
  signed: '{timestamp}:{body}',
  timestamp: { key: 'ts', past: '5s', future: null },
  id: 'event_id',
  event: 'event_type',
  accepts: '200',
  timeout: '5s',
  sample: {
    body: {
      event_id: 'evt_sample',
      event_type: 'customer.created',
      occurred_at: '2026-01-31T09:30:00.000000Z',
      notification_id: 'ntf_sample',
      data: { id: 'ctm_sample', status: 'active' },
    },
  },
};
