import * as z from 'zod/mini';
import type { CapturedRequest, CaptureEntry } from '../captured-request.js';
import { headerObject, method, targetIn, url } from '../parts.js';
import { textBody } from '../text-body.js';
import { readObjects } from './objects.js';

const schema = z.object({
  ...{ method, url, headers: headerObject },
  content: z.nullish(z.string()),
  size: z.catch(z.optional(z.number()), undefined),
  created_at: z.catch(z.optional(z.string()), undefined),
});

/** Reads requests exported or listed by webhook.site, with the body as text. Throws CaptureError. */
export const readWebhookSite = (bytes: Uint8Array): CaptureEntry[] =>
  readObjects(bytes, { name: 'an export of webhook.site', entriesIn, schema, read });

const entriesIn = (value: object): readonly unknown[] =>
  ('data' in value && Array.isArray(value.data) ? value.data : [value]).filter(isRequest);

/** It also keeps mail and DNS look-ups. */
const isRequest = (entry: unknown): boolean =>
  typeof entry !== 'object' || entry === null || !('type' in entry) || entry.type === 'web';

function read(entry: z.infer<typeof schema>): CapturedRequest {
  const { method, url, headers, content, size, created_at: createdAt = '' } = entry;
  // In UTC, though not marked as such.
  const receivedAt = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(createdAt) ? `${createdAt.replace(' ', 'T')}Z` : undefined;
  return {
    ...{ method, target: targetIn(url), headers, findings: [] },
    ...textBody(content ?? '', headers, size),
    ...(receivedAt !== undefined && { receivedAt }),
  };
}
