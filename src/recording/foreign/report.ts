import * as z from 'zod/mini';
import type { Header } from '../../http/header.js';
import { CaptureError } from '../capture-error.js';
import type { CapturedRequest, CaptureEntry } from '../captured-request.js';
import { findingsIn, headerName, headerValue, method, targetIn, time, url } from '../parts.js';
import { base64Body } from '../text-body.js';
import { readObjects } from './objects.js';

const headers = z.array(
  z.pipe(
    z.tuple([headerName, headerValue]),
    z.transform(([name, value]): Header => [name, value]),
  ),
);

const schema = z.union([
  z.object({
    type: z.literal('request'),
    receivedAt: z.optional(time),
    ...{ method, target: url, bytes: z.int().check(z.gte(0)) },
    headers: z.optional(headers),
    bodyBase64: z.optional(z.string()),
  }),
  z.object({ method, url, headers, bodyBase64: z.string() }),
]);

type Report = z.infer<typeof schema>;

/**
 * Reads the JSON output of our own commands: requests received, or prepared by --print. Throws CaptureError, even if
 * only the parts that a signature needs are missing.
 */
export function readReports(bytes: Uint8Array): CaptureEntry[] {
  const entries = readObjects(bytes, { name: 'a file of reports', entriesIn, schema, read });
  if (entries.length > 0 && entries.every(entry => entry.kind === 'corrupt' && entry.reason === partial))
    throw new CaptureError('report-partial', 'its requests have no headers and bodies');
  return entries;
}

const partial = 'it has no headers or no body';

/** Leaves out reports other than requests. */
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
