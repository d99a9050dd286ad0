import * as z from 'zod/mini';
import { CaptureError } from '../capture-error.js';
import type { CapturedRequest, CaptureEntry } from '../captured-request.js';
import { messageIn } from '../http/message.js';
import { time } from '../parts.js';
import { decodeBase64 } from '../text-body.js';
import { readObjects } from './objects.js';

const schema = z.object({
  start: z.catch(z.optional(time), undefined),
  request: z.object({ raw: z.string() }),
});

/** Reads the list of ngrok's inspector, or one request of it. Each is raw HTTP in base64. Throws CaptureError. */
export const readNgrok = (bytes: Uint8Array): CaptureEntry[] =>
  readObjects(bytes, { name: "the JSON of ngrok's inspector", entriesIn, schema, read });

const entriesIn = (value: object): readonly unknown[] =>
  'requests' in value && Array.isArray(value.requests) ? value.requests : [value];

function read({ start, request: { raw } }: z.infer<typeof schema>): CapturedRequest | string {
  const message = decodeBase64(raw);
  if (!message) return "request.raw isn't base64";
  try {
    return { ...messageIn(message), ...(start !== undefined && { receivedAt: start }) };
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    return error.message;
  }
}
