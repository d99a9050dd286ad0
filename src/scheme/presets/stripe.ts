import type { SchemeDefinition } from '../definition.js';

/** https://docs.stripe.com/webhooks/signature; the secret is its whole text, including `whsec_`. */
export const stripe: SchemeDefinition = {
  signature: { header: 'stripe-signature', list: ',', pair: '=', key: 'v1' },
  signed: '{timestamp}.{body}',
  timestamp: { key: 't', past: '5m', future: null },
  id: 'id',
  event: 'type',
  accepts: '2xx',
  sample: {
    body: {
      id: 'evt_sample',
      object: 'event',
      created: 1769851800,
      livemode: false,
      type: 'customer.created',
      data: { object: { id: 'cus_sample', object: 'customer' } },
    },
  },
};
