import type { SchemeDefinition } from '../definition.js';

/** https://shopify.dev/docs/apps/build/webhooks/verify-deliveries; Shopify's library refuses a sample without its other headers. */
export const shopify: SchemeDefinition = {
  signature: { header: 'x-shopify-hmac-sha256', encoding: 'base64' },
  id: { header: 'x-shopify-webhook-id' },
  event: { header: 'x-shopify-topic' },
  accepts: '200',
  timeout: '5s',
  sample: {
    headers: {
      'x-shopify-topic': 'orders/create',
      'x-shopify-shop-domain': 'sample.myshopify.com',
      'x-shopify-api-version': '2026-01',
    },
    body: { id: 1, name: '#1001', currency: 'EUR', total_price: '10.00' },
  },
};
