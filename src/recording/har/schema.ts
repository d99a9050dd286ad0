import * as z from 'zod';
import { headerName, headerValue, method, time, url } from '../parts.js';

/** HAR requires a time. This one means unknown. */
export const unknownTime = '1970-01-01T00:00:00.000Z';

/** A file whose entries are checked one by one, so that a bad one doesn't affect the others. */
export const harSchema = z.object({ log: z.object({ entries: z.array(z.unknown()) }) });

/** Describes only the fields we read: all others may be missing or of any type. */
export const harEntrySchema = z.object({
  /** Ignored if invalid, rather than refusing the request. */
  response: z
    .object({
      status: z.int().min(100).max(999),
      headers: z.array(z.object({ name: z.string(), value: z.string() })),
      content: z.object({ text: z.string().optional(), encoding: z.string().optional() }).optional(),
      _fidelity: z.literal('incomplete').optional(),
    })
    .optional()
    .catch(undefined),
  time: z.number().optional().catch(undefined),
  startedDateTime: time.optional().catch(undefined),
  request: z.object({
    method,
    url,
    headers: z.array(z.object({ name: headerName, value: headerValue })),
    bodySize: z.number().optional().catch(undefined),
    postData: z
      .object({
        text: z.string().nullish(),
        params: z.array(z.unknown()).nullish(),
        /** How `text` is encoded: an addition of some exporters. */
        encoding: z.string().nullish(),
        /** Our own extension. */
        _bodyBase64: z.string().optional(),
      })
      .nullish(),
    /** Our own extension. Unknown values from later versions count as unreliable. */
    _fidelity: z.enum(['incomplete', 'inexact']).optional().catch('inexact'),
    _findings: z.array(z.enum(['surplus-bytes', 'headers-redacted'])).catch([]),
  }),
});

export type HarEntry = z.infer<typeof harEntrySchema>;
