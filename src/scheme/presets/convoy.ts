import type { SchemeDefinition } from '../definition.js';

/** https://www.getconvoy.io/docs/product-manual/signatures; its advanced signatures, with the defaults of its SDKs. */
export const convoy: SchemeDefinition = {
  signature: { header: 'x-convoy-signature', list: ',', pair: '=', key: 'v1' },
  signed: '{timestamp},{body}',
  timestamp: { key: 't', past: '5m', future: null },
  accepts: '2xx',
  sample: { body: { event: 'charge.success', amount: 1000, currency: 'NGN' } },
};
