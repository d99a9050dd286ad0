import * as z from 'zod/mini';
import type { Header } from '../../http/header.js';
import type { CapturedRequest, CaptureEntry } from '../captured-request.js';
import { headerName, headerValue } from '../parts.js';
import { readObjects } from './objects.js';

const schema = z
  .record(z.string(), z.unknown())
  .check(z.refine(event => event['body'] !== undefined, { path: ['body'] }));

/** The fields of an event besides headers. */
const others = ['body', 'query', 'timestamp'];

/** Reads events forwarded by smee.io: the headers, and a parsed body. Throws CaptureError. */
export const readSmee = (bytes: Uint8Array): CaptureEntry[] =>
  readObjects(bytes, { name: 'an event of smee.io', entriesIn: value => [value], schema, read });

function read(event: z.infer<typeof schema>): CapturedRequest {
  const { body, timestamp } = event;
  const headers = Object.entries(event).flatMap(([name, value]): Header[] =>
    !others.includes(name) && headerName.safeParse(name).success && headerValue.safeParse(value).success
      ? [[name, String(value)]]
      : [],
  );
  return {
    ...{ method: 'POST', target: '/', headers, findings: [] },
    // Serialised the way its client does it. Only a signature can prove that these are the original bytes.
    ...{ body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), fidelity: 'inexact' },
    ...(typeof timestamp === 'number' &&
      Number.isFinite(new Date(timestamp).getTime()) && { receivedAt: new Date(timestamp).toISOString() }),
  };
}
