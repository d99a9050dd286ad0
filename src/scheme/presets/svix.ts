import type { SchemeDefinition } from '../definition.js';
import { standardWebhooks } from './standard-webhooks.js';

/** https://docs.svix.com/receiving/verifying-payloads/how-manual; Standard Webhooks under its own header names. */
export const svix: SchemeDefinition = {
  ...standardWebhooks,
  signature: { ...standardWebhooks.signature, header: 'svix-signature' },
  timestamp: { header: 'svix-timestamp', past: '5m', future: '5m' },
  id: { header: 'svix-id' },
};
