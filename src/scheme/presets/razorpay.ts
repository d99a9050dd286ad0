import type { SchemeDefinition } from '../definition.js';

/** https://razorpay.com/docs/webhooks/validate-test/ */
export const razorpay: SchemeDefinition = {
  signature: { header: 'x-razorpay-signature' },
  id: { header: 'x-razorpay-event-id' },
  event: 'event',
  accepts: '2xx',
  sample: {
    body: {
      entity: 'event',
      account_id: 'acc_sample',
      event: 'payment.captured',
      contains: ['payment'],
      payload: { payment: { entity: { id: 'pay_sample', amount: 1000, currency: 'INR', status: 'captured' } } },
      created_at: 1769851800,
    },
  },
};
