import * as z from 'zod';
import type { Header } from '../../http/header.js';
import { CaptureError } from '../capture-error.js';
import type { CapturedRequest, CaptureEntry } from '../captured-request.js';
import { findingsIn, headerName, headerValue, method, targetIn, time, url } from '../parts.js';
import { base64Body } from '../text-body.js';
import { readObjects } from './objects.js';

const headers = z.array(z.tuple([headerName, headerValue]).transform(([name, value]): Header => [name, value]));

const schema = z.union([
  z.object({
    type: z.literal('request'),
    receivedAt: time.optional(),
    ...{ method, target: url, bytes: z.int().min(0) },
    headers: headers.optional(),
    bodyBase64: z.string().optional(),
  }),
  z.object({ method, url, headers, bodyBase64: z.string() }),
]);

type Report = z.infer<typeof schema>;

/**
 * Reads what our own commands print as JSON: the requests that were received, or would be sent. Throws CaptureError, also if
 * requests are reported without the parts that a signature needs.
 */
export function readReports(bytes: Uint8Array): CaptureEntry[] {
  const entries = readObjects(bytes, { name: 'a file of reports', entriesIn, schema, read });
  if (entries.length > 0 && entries.every(entry => entry.kind === 'corrupt' && entry.reason === partial))
    throw new CaptureError('report-partial', 'its requests are reported without their headers and bodies');
  return entries;
}

const partial = 'it is reported without its headers or its body';

/** Leaves out reports of what isn't a request. */
const entriesIn = (value: object): readonly unknown[] =>
  !('type' in value) || value.type === 'request' || value.type === 'prepared' ? [value] : [];

function read(report: Report): CapturedRequest | string {
  const { method, headers, bodyBase64 } = report;
  if (headers === undefined || bodyBase64 === undefined) return partial;
  const { body, fidelity } = base64Body(bodyBase64);
  const request = { method, headers, body, fidelity, findings: findingsIn(headers) };
  if ('url' in report) return { ...request, target: targetIn(report.url), wasSent: true };
  const { target, receivedAt, bytes } = report;
  return {
    ...{ ...request, target },
    ...(receivedAt !== undefined && { receivedAt }),
    ...(body.length !== bytes && { fidelity: 'incomplete' }),
  };
}
